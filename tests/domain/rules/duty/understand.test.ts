import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Fact } from '../../../../src/domain/entry.ts'
import { absorbDuty, emptyDuty, type DutyBook } from '../../../../src/domain/rules/duty/book.ts'
import { endOf, turnOf } from '../../../../src/domain/rules/duty/ending.ts'
import { seatAt, staysOfMember } from '../../../../src/domain/rules/duty/mine.ts'
import { recordsFor, type Choice, type Visit } from '../../../../src/domain/rules/duty/records.ts'
import {
  earlyMs,
  lateAfterMs,
  understand,
  type Meaning,
} from '../../../../src/domain/rules/duty/understand.ts'
import { dutyFact, idOf } from './facts.ts'
import { hour, me, minute, moments, other, third } from './random.ts'

/** Zones with a change of the clock by an hour, by half an hour, at midnight, and with none. */
const zones = fc.constantFrom('Asia/Shanghai', 'Europe/Berlin', 'Australia/Lord_Howe', 'America/Havana')
const posts = [idOf(11), idOf(12)] as const
const [here, there] = posts
const zone = 'Asia/Shanghai'

interface World {
  zone: string
  now: number
  facts: Fact[]
}

const aTurn = fc.record({
  post: fc.constantFrom(...posts),
  from: fc.integer({ min: -40, max: 6 }),
  hours: fc.integer({ min: 1, max: 12 }),
  heads: fc.integer({ min: 1, max: 2 }),
  taken: fc.subarray([me, other, third]),
  decided: fc.boolean(),
})
const aStay = fc.record({
  who: fc.constantFrom(me, me, other),
  post: fc.constantFrom(...posts),
  ago: fc.integer({ min: 0, max: 60 * 40 }),
  turn: fc.option(fc.nat(3), { nil: undefined }),
  lasts: fc.option(fc.integer({ min: 1, max: 60 * 12 }), { nil: undefined }),
})
const plan = fc.record({
  now: moments,
  zone: zones,
  turns: fc.array(aTurn, { maxLength: 4 }),
  stays: fc.array(aStay, { maxLength: 4 }),
})

/** Facts of a few days around a moment: turns, who has them, who came and went. */
function worldOf({ now, zone, turns, stays }: typeof plan extends fc.Arbitrary<infer T> ? T : never): World {
  const facts: Fact[] = []
  const shifts = turns.map(({ post, from, hours, heads, taken, decided }) => {
    const starts = now + from * hour
    const turn = dutyFact(
      'shift',
      { post, starts, ends: starts + hours * hour, heads },
      { at: starts - 99 * hour },
    )
    facts.push(turn)
    for (const member of taken) {
      const fact = dutyFact(
        'claim',
        { shift: turn.id, member, name: '样本', act: 'take' },
        { at: starts - hour },
      )
      facts.push(decided ? fact : { ...fact, seq: null })
    }
    return turn
  })
  for (const { who, post, ago, turn, lasts } of stays) {
    const at = now - ago * minute
    const shift = turn === undefined ? undefined : shifts[turn]?.id
    const body = { post, member: who, name: '样本', way: 'printed', ...(shift ? { shift } : {}) }
    const came = dutyFact('checkIn', body, { at, by: who })
    facts.push(came)
    if (lasts !== undefined && lasts <= ago)
      facts.push(
        dutyFact(
          'checkOut',
          { checkIn: came.id, post, way: 'printed' },
          { at: at + lasts * minute, by: who },
        ),
      )
  }
  return { zone, now, facts }
}
const worlds = plan.map(worldOf)

function bookOf(facts: readonly Fact[]): DutyBook {
  const book = emptyDuty()
  absorbDuty(book, facts)
  return book
}

const scan = ({ facts, now, zone }: World, post = here): Meaning =>
  understand(post, { book: bookOf(facts), me, now, zone })

const visit: Visit = {
  logbook: `duty/${idOf(1)}`,
  post: here,
  who: { member: me, name: '样本' },
  evidence: { way: 'printed' },
}

/** The world after a scan was answered so, a while later. */
function after(world: World, choice: Choice, laterMs: number): World {
  const drafts = recordsFor(scan(world), choice, visit)
  const made = drafts.map(({ kind, body }) => dutyFact(kind, body, { at: world.now, by: me }))
  return { ...world, facts: [...world.facts, ...made], now: world.now + laterMs }
}

const kindsOf = (meaning: Meaning, choice: Choice): string[] =>
  recordsFor(meaning, choice, visit).map((draft) => draft.kind)

describe('what a scan means', () => {
  it('is the same whatever the order and however often the facts came', () => {
    fc.assert(
      fc.property(worlds, fc.integer(), (world, seed) => {
        const shuffled = [...world.facts, ...world.facts].sort(
          (a, b) => ((a.at ^ seed) % 97) - ((b.at ^ seed) % 97) || (a.id < b.id ? 1 : -1),
        )
        expect(scan({ ...world, facts: shuffled })).toEqual(scan(world))
      }),
    )
  })

  it('never ends a stay without being asked: signing in writes arrivals only (failure mode 36)', () => {
    fc.assert(
      fc.property(worlds, (world) => {
        const meaning = scan(world)
        for (const choice of [{ do: 'arrive' }, { do: 'both' }] as const)
          expect(kindsOf(meaning, choice)).not.toContain('checkOut')
        const stay = 'stay' in meaning ? meaning.stay : null
        if (meaning.is === 'leave') expect(stay?.body.post).toBe(here)
        if (meaning.is === 'elsewhere') expect(stay?.body.post).not.toBe(here)
      }),
    )
  })

  it('read again at once nothing more is meant; later it asks whether they leave', () => {
    fc.assert(
      fc.property(worlds, (world) => {
        fc.pre('arrival' in scan(world) || scan(world).is === 'arrive')
        expect(scan(after(world, { do: 'arrive' }, minute)).is).toBe('already')
        const later = after(world, { do: 'arrive' }, 3 * minute)
        expect(scan(later)).toMatchObject({ is: 'leave' })
      }),
    )
  })

  it('who left has left: the next scan is not about the same stay', () => {
    fc.assert(
      fc.property(worlds, (world) => {
        const meaning = scan(world)
        fc.pre(meaning.is === 'leave')
        const left = scan(after(world, { do: 'leave' }, 5 * minute))
        if (meaning.is === 'leave' && 'stay' in left) expect(left.stay.fact.id).not.toBe(meaning.stay.fact.id)
      }),
    )
  })

  it('what was forgotten and is told now is not asked again', () => {
    fc.assert(
      fc.property(worlds, (world) => {
        const meaning = scan(world)
        fc.pre(meaning.is === 'forgotten')
        if (meaning.is !== 'forgotten') return
        const said = { do: 'said', left: meaning.closedAt ?? world.now } as const
        const kinds = kindsOf(meaning, said)
        expect([...new Set(kinds)]).toEqual(['checkOut', 'checkIn'])
        expect(kinds.length).toBeLessThanOrEqual(2 + meaning.twins.length)
        const next = scan(after(world, said, 5 * minute))
        expect('stay' in next && next.stay.fact.id).not.toBe(meaning.stay.fact.id)
      }),
    )
  })

  it('an arrival names a turn of this post that is on or near, and one’s own where one has it', () => {
    fc.assert(
      fc.property(worlds, (world) => {
        const meaning = scan(world)
        const book = bookOf(world.facts)
        const arrival = meaning.is === 'arrive' ? meaning : 'arrival' in meaning ? meaning.arrival : null
        if (!arrival?.turn) return
        const { post, starts, ends } = arrival.turn.body
        expect(post).toBe(here)
        expect(world.now).toBeLessThan(ends)
        expect(world.now).toBeGreaterThanOrEqual(starts - earlyMs)
        const own = seatAt(book, arrival.turn, me) !== undefined
        expect(own).toBe(arrival.how !== 'joined')
      }),
    )
  })

  it('no open stay is left unmentioned: who stands somewhere by the book is asked about it', () => {
    fc.assert(
      fc.property(worlds, (world) => {
        const meaning = scan(world)
        const book = bookOf(world.facts)
        const open = staysOfMember(book, me).filter((s) => endOf(s, turnOf(book, s), world.now) === null)
        if (open.length === 0) return
        expect(['leave', 'already', 'elsewhere', 'forgotten', 'arrive']).toContain(meaning.is)
        if (meaning.is === 'arrive') throw new Error('an open stay was passed over')
      }),
    )
  })
})

describe('single cases', () => {
  const starts = Date.parse('2026-05-04T08:00:00+08:00')
  const turnAt = (post: string, from = 0, heads = 1) =>
    dutyFact('shift', { post, starts: starts + from, ends: starts + from + 4 * hour, heads })
  const seat = (turn: Fact, member: string, more: Partial<Fact> = {}) =>
    dutyFact(
      'assignment',
      { shift: turn.id, member, name: '样本', act: 'assign' },
      { at: starts - 9 * hour, ...more },
    )
  const came = (at: number, turn?: Fact, post = here) =>
    dutyFact(
      'checkIn',
      { post, member: me, name: '样本', way: 'printed', ...(turn ? { shift: turn.id } : {}) },
      { at, by: me },
    )
  const at = (now: number, ...facts: Fact[]): Meaning => scan({ zone, now, facts })
  const turn = turnAt(here)

  it('mine, early and late', () => {
    const mine = seat(turn, me)
    expect(at(starts, turn, mine)).toMatchObject({ how: 'onTime', byMs: 0 })
    expect(at(starts - 40 * minute, turn, mine)).toMatchObject({ how: 'early', byMs: 40 * minute })
    expect(at(starts + lateAfterMs, turn, mine)).toMatchObject({ how: 'onTime' })
    expect(at(starts + 20 * minute, turn, mine)).toMatchObject({ how: 'late', byMs: 20 * minute })
    expect(at(starts - earlyMs - 1, turn, mine)).toMatchObject({ how: 'unplanned' })
    expect(at(starts + 4 * hour, turn, mine)).toMatchObject({ how: 'unplanned' })
  })

  it('who was put in halfway is not late (failure mode 37)', () => {
    const swapped = seat(turn, me, { at: starts + 2 * hour })
    expect(at(starts + 2 * hour + 4 * minute, turn, swapped)).toMatchObject({ how: 'onTime' })
    expect(at(starts + 2 * hour + 9 * minute, turn, swapped)).toMatchObject({ how: 'late', byMs: 9 * minute })
  })

  it('a turn that is still being asked for counts as mine, a place in line does not', () => {
    const asked = dutyFact(
      'claim',
      { shift: turn.id, member: me, name: '样本', act: 'take' },
      { seq: null, at: starts },
    )
    expect(at(starts, turn, asked)).toMatchObject({ how: 'onTime' })
    expect(at(starts, turn, seat(turn, other), seat(turn, me))).toMatchObject({ is: 'swap' })
  })

  it('another’s turn: whose, and not of one who came or was replaced', () => {
    const theirs = seat(turn, other)
    expect(at(starts, turn, theirs)).toMatchObject({ is: 'swap', absent: [{ member: other }] })
    const body = { post: here, name: '样本', way: 'printed', shift: turn.id }
    const arrived = dutyFact('checkIn', { ...body, member: other })
    expect(at(starts, turn, theirs, arrived)).toMatchObject({ how: 'unplanned' })
    const replaced = dutyFact('checkIn', { ...body, member: third, instead: other })
    expect(at(starts, turn, theirs, replaced)).toMatchObject({ how: 'unplanned' })
  })

  it('swapping in records whose turn it was', () => {
    const meaning = at(starts, turn, seat(turn, other))
    if (meaning.is !== 'swap') throw new Error('no swap')
    const [chosen] = meaning.absent
    if (!chosen) throw new Error('nobody is absent')
    const [draft] = recordsFor(meaning, { do: 'instead', seat: chosen }, visit)
    expect(draft?.body).toMatchObject({ shift: turn.id, instead: other, member: me, way: 'printed' })
  })

  it('a free place is joined, and no turn is unplanned', () => {
    const wide = turnAt(here, 0, 2)
    expect(at(starts, wide, seat(wide, other))).toMatchObject({
      how: 'joined',
      turn: { fact: { id: wide.id } },
    })
    expect(at(starts)).toEqual({ is: 'arrive', how: 'unplanned', byMs: 0 })
  })

  it('a free place is taken with the coming, in one write; whose card was read has it spoken for by the card', () => {
    const wide = turnAt(here, 0, 2)
    const book = bookOf([wide, seat(wide, other)])
    const meaning = understand(here, { book, me, now: starts, zone, mayTake: true })
    expect(meaning).toMatchObject({ is: 'join', turn: { fact: { id: wide.id } } })
    const written = (evidence: Visit['evidence']) =>
      recordsFor(meaning, { do: 'take' }, { ...visit, evidence })
    const claim = { shift: wide.id, member: me, name: '样本', act: 'take' }
    const [own, came] = written({ way: 'printed', proof: 'a code' })
    expect([own?.kind, own?.body]).toEqual(['claim', claim])
    expect(came?.body).toMatchObject({ shift: wide.id, member: me })
    const [shown] = written({ way: 'card', proof: 'a card' })
    expect(shown?.body).toEqual({ ...claim, proof: 'a card' })
    const nobody = { ...visit, who: { name: '样本' } }
    expect(recordsFor(meaning, { do: 'take' }, nobody).map(({ kind }) => kind)).toEqual(['checkIn'])
  })

  it('my turn is elsewhere', () => {
    const away = turnAt(there)
    expect(at(starts, away, seat(away, me))).toMatchObject({
      is: 'wrongPost',
      turn: { fact: { id: away.id } },
    })
  })

  it('still signed in elsewhere: moving on ends that stay and begins one here', () => {
    const meaning = at(starts + hour, came(starts, undefined, there))
    expect(meaning).toMatchObject({ is: 'elsewhere', arrival: { how: 'unplanned' } })
    const [out, arrival] = recordsFor(meaning, { do: 'move', left: starts + hour }, visit)
    expect(out?.body).toMatchObject({ post: there, way: 'hand', left: starts + hour })
    expect(arrival?.body).toMatchObject({ post: here, way: 'printed' })
  })

  it('yesterday’s turn was closed by itself: today’s scan signs in and asks about yesterday', () => {
    const before = turnAt(here, -24 * hour)
    const meaning = at(
      starts,
      before,
      seat(before, me),
      came(starts - 24 * hour, before),
      turn,
      seat(turn, me),
    )
    expect(meaning).toMatchObject({
      is: 'forgotten',
      closedAt: starts - 20 * hour,
      arrival: { how: 'onTime', turn: { fact: { id: turn.id } } },
    })
  })

  it('a night without a turn is left in the morning, or forgotten where a turn waits', () => {
    const night = came(starts - 9 * hour)
    expect(at(starts, night)).toMatchObject({ is: 'leave' })
    expect(at(starts, night, turn, seat(turn, me))).toMatchObject({ is: 'forgotten', closedAt: null })
  })

  it('a night turn that still runs is left, or gone on from, and was not forgotten', () => {
    const night = dutyFact('shift', { post: here, starts: starts - 12 * hour, ends: starts, heads: 1 })
    const next = turnAt(here, hour)
    const facts = [night, seat(night, me), came(starts - 12 * hour - 5 * minute, night), next, seat(next, me)]
    expect(at(starts - 5 * minute, ...facts)).toMatchObject({ is: 'leave', next: { fact: { id: next.id } } })
    const away = turnAt(there, hour)
    const elsewhere = [...facts.slice(0, 3), away, seat(away, me)]
    expect(scan({ zone, now: starts - 5 * minute, facts: elsewhere }, there)).toMatchObject({
      is: 'elsewhere',
      arrival: { turn: { fact: { id: away.id } } },
    })
  })

  it('who leaves an hour after their turn was closed leaves late, and nothing begins', () => {
    const meaning = at(starts + 5 * hour, turn, seat(turn, me), came(starts, turn))
    expect(meaning).toMatchObject({ is: 'leave', closedAt: starts + 4 * hour })
    expect(recordsFor(meaning, { do: 'arrive' }, visit)).toEqual([])
  })

  it('two turns in a row: going on ends the one and begins the other', () => {
    const next = turnAt(here, 4 * hour)
    const meaning = at(starts + 4 * hour, turn, seat(turn, me), came(starts, turn), next, seat(next, me))
    expect(meaning).toMatchObject({ is: 'leave', next: { fact: { id: next.id } } })
    const [out, arrival] = recordsFor(meaning, { do: 'goOn' }, visit)
    expect([out?.kind, arrival?.body]).toMatchObject(['checkOut', { shift: next.id }])
  })

  it('back from a break: the same turn again, and not late', () => {
    const first = came(starts, turn)
    const out = dutyFact('checkOut', { checkIn: first.id, post: here, way: 'printed' }, { at: starts + hour })
    expect(at(starts + 2 * hour, turn, seat(turn, me), first, out)).toMatchObject({ how: 'back', byMs: 0 })
  })
})
