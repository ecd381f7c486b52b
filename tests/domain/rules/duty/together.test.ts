import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Draft, Fact } from '../../../../src/domain/entry.ts'
import {
  absorbDuty,
  cameAt,
  emptyDuty,
  type DutyBook,
  type Stay,
} from '../../../../src/domain/rules/duty/book.ts'
import { conflictsById, conflictsOf } from '../../../../src/domain/rules/duty/conflict.ts'
import { kinds } from '../../../../src/domain/kinds/index.ts'
import { countedOf } from '../../../../src/domain/rules/duty/counted.ts'
import { rosterNames } from '../../../../src/domain/rules/duty/crew.ts'
import { endOf, turnOf } from '../../../../src/domain/rules/duty/ending.ts'
import { sumOf } from '../../../../src/domain/rules/duty/hours.ts'
import { staysOfMember } from '../../../../src/domain/rules/duty/mine.ts'
import {
  checkOutDrafts,
  leftDrafts,
  recordsFor,
  undoDrafts,
  type Visit,
} from '../../../../src/domain/rules/duty/records.ts'
import { myTurns, staffedTurn } from '../../../../src/domain/rules/duty/roster.ts'
import { placeOf } from '../../../../src/domain/rules/duty/seats.ts'
import { leavingWith, twinsOf } from '../../../../src/domain/rules/duty/together.ts'
import { stillFree, understand } from '../../../../src/domain/rules/duty/understand.ts'
import { dutyFact, idOf } from './facts.ts'
import { hour, me, minute, other } from './random.ts'

const [here, there] = [idOf(11), idOf(12)]
const now = Date.parse('2026-05-04T16:00:00+08:00')
const zone = 'Asia/Shanghai'
const visit: Visit = {
  logbook: `duty/${idOf(1)}`,
  post: here,
  who: { member: me, name: '样本' },
  evidence: { way: 'printed' },
}

function bookOf(facts: readonly Fact[]): DutyBook {
  const book = emptyDuty()
  absorbDuty(book, facts)
  return book
}
const saved = (drafts: readonly Draft[], at: number, more: Partial<Fact> = {}): Fact[] =>
  drafts.map(({ kind, body }) => dutyFact(kind, body, { at, by: me, ...more }))
const came = (at: number, post = here, by = me): Fact =>
  dutyFact('checkIn', { post, member: me, name: '样本', way: by === me ? 'printed' : 'leader' }, { at, by })
const openAt = (book: DutyBook, post: string, at: number) =>
  staysOfMember(book, me).filter(
    (stay) => stay.body.post === post && endOf(stay, turnOf(book, stay), at) === null,
  )
const context = (book: DutyBook, at: number) => ({ book, me, now: at, zone, mayTake: true })

/** When each was signed in here, before now, ms; by their own hand or by a leader. */
const signedIn = fc.array(
  fc.record({ ago: fc.integer({ min: 3, max: 600 }), by: fc.constantFrom(me, other) }),
  { minLength: 1, maxLength: 4 },
)

describe('who is signed in more than once at a post', () => {
  it('leaves once: everything that is open there ends in one write, and nothing elsewhere', () => {
    fc.assert(
      fc.property(signedIn, fc.boolean(), (times, alsoThere) => {
        const facts = times.map(({ ago, by }) => came(now - ago * minute, here, by))
        if (alsoThere) facts.push(came(now - 30 * minute, there))
        const book = bookOf(facts)
        const meaning = understand(here, context(book, now))
        expect(meaning.is).toBe('leave')
        const outs = recordsFor(meaning, { do: 'leave' }, visit)
        expect(outs.map(({ kind }) => kind)).toEqual(times.map(() => 'checkOut'))
        absorbDuty(book, saved(outs, now))
        expect(openAt(book, here, now + minute)).toEqual([])
        expect(openAt(book, there, now + minute)).toHaveLength(alsoThere ? 1 : 0)
        expect(understand(here, context(book, now + 5 * minute)).is).not.toBe('leave')
      }),
    )
  })

  it('is there since the first time, and the time is counted once', () => {
    fc.assert(
      fc.property(signedIn, (times) => {
        const book = bookOf(times.map(({ ago, by }) => came(now - ago * minute, here, by)))
        const meaning = understand(here, context(book, now))
        const first = Math.max(...times.map(({ ago }) => ago))
        expect('stay' in meaning && cameAt(meaning.stay)).toBe(now - first * minute)
        absorbDuty(book, saved(recordsFor(meaning, { do: 'leave' }, visit), now))
        const counted = countedOf(staysOfMember(book, me), () => undefined, now + hour)
        expect([...counted.values()].reduce((sum, { minutes }) => sum + minutes, 0)).toBe(first)
      }),
    )
  })

  it('is signed out of all by whoever leads, and by a time that is said later', () => {
    const book = bookOf([came(now - 4 * hour), came(now - 3 * hour, here, other)])
    const [first, second] = staysOfMember(book, me)
    if (!first || !second) throw new Error('no two stays')
    const left = now - 2 * hour
    absorbDuty(
      book,
      saved(checkOutDrafts({ stay: second, twins: twinsOf(book, second, now) }, visit, left), now),
    )
    expect(openAt(book, here, now)).toEqual([])
    expect(staysOfMember(book, me).map((stay) => endOf(stay, undefined, now)?.at)).toEqual([left, left])
  })

  it('has all of it put right by one word where all of it ended at once, and nothing that ended by itself', () => {
    const book = bookOf([
      came(now - 4 * hour),
      came(now - 3 * hour, here, other),
      came(now - 3 * hour, there),
    ])
    const outs = recordsFor(understand(here, context(book, now)), { do: 'leave' }, visit)
    outs.forEach(({ kind, body }, n) => absorbDuty(book, [dutyFact(kind, body, { at: now + n, by: me })]))
    const elsewhere = staysOfMember(book, me).find(({ body }) => body.post === there)
    if (!elsewhere) throw new Error('no stay there')
    absorbDuty(book, saved(checkOutDrafts({ stay: elsewhere, twins: [] }, visit), now))
    for (const stay of staysOfMember(book, me).filter(({ body }) => body.post === here)) {
      const left = now - (stay.fact.by === me ? 60 : 90) * minute
      const twins = twinsOf(book, stay, now + hour)
      absorbDuty(book, saved(leftDrafts({ stay, twins }, visit, left), now + hour))
      const stays = staysOfMember(book, me)
      const ends = stays.map((one) => [one.body.post, endOf(one, undefined, now + hour)?.at])
      expect(ends).toEqual([
        [here, left],
        [here, left],
        [there, now],
      ])
    }
  })

  it('has come again where one began after the time that is said: that one goes on', () => {
    const book = bookOf([came(now - 4 * hour), came(now - hour, here, other)])
    const [first, second] = staysOfMember(book, me)
    if (!first || !second) throw new Error('no two stays')
    const outs = checkOutDrafts({ stay: first, twins: [second] }, visit, now - 2 * hour)
    expect(outs.map(({ body }) => body.checkIn)).toEqual([first.fact.id])
  })

  it('stays of another time, another post or of nobody known do not end together', () => {
    const yesterday = came(now - 30 * hour)
    const nameless = dutyFact('checkIn', { post: here, name: '来客', way: 'leader' }, { at: now - hour })
    const book = bookOf([yesterday, came(now - hour), came(now - hour, there), nameless])
    const [, mine] = staysOfMember(book, me)
    if (!mine) throw new Error('no stay')
    expect(twinsOf(book, mine, now)).toEqual([])
  })

  it('is flagged as twice at one post as long as the two overlap, and by either stay', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 120 }), fc.integer({ min: 0, max: 120 }), (lasts, gap) => {
        const [first, second] = [came(now - 3 * hour), came(now - 3 * hour + gap * minute)]
        const left = first.at + lasts * minute
        const out = dutyFact('checkOut', { checkIn: first.id, post: here, way: 'printed' }, { at: left })
        const book = bookOf([first, out, second])
        const stays = staysOfMember(book, me)
        const found = conflictsById(
          conflictsOf(stays, { turnOf: () => undefined, positionOf: () => undefined, now }),
        )
        const expected = lasts > gap || (lasts === 0 && gap === 0 && stays[0]?.fact.id === second.id)
        expect([...found.keys()].sort()).toEqual(expected ? [first.id, second.id].sort() : [])
        for (const [one] of found.values()) expect(one?.how).toBe('twice')
      }),
    )
  })
})

describe('who is signed in for two turns that follow each other at one post', () => {
  const eight = Date.parse('2026-05-04T08:00:00+08:00')
  const [noon, four] = [eight + 4 * hour, eight + 8 * hour]
  const turns = [eight, noon].map((starts) =>
    dutyFact('shift', { post: here, starts, ends: starts + 4 * hour, heads: 1 }),
  )
  /** Signed in by the leader for the first turn, and by their own hand for the second one. */
  const cameTwice = (first: number, second: number): Fact[] =>
    turns.map(({ id }, n) => {
      const body = { post: here, member: me, name: '样本', shift: id, way: n === 0 ? 'leader' : 'printed' }
      return dutyFact('checkIn', body, { at: n === 0 ? first : second, by: n === 0 ? other : me })
    })
  const pair = (book: DutyBook) => {
    const [leaders, own] = turns.map(({ id }) => staysOfMember(book, me).find((s) => s.body.shift === id))
    if (!leaders || !own) throw new Error('no two stays')
    return { leaders, own }
  }
  const sums = (book: DutyBook, at: number) =>
    sumOf([...countedOf(staysOfMember(book, me), (stay) => turnOf(book, stay), at).values()])

  it('is there still when the end of the first one is said, and leaves it as it is by leaving the second', () => {
    const book = bookOf([...turns, ...cameTwice(eight, noon - hour)])
    const { leaders, own } = pair(book)
    const said = checkOutDrafts(
      { stay: leaders, twins: twinsOf(book, leaders, noon + hour) },
      { ...visit, evidence: { way: 'hand' } },
      noon,
    )
    expect(said.map(({ body }) => body.checkIn)).toEqual([leaders.fact.id])
    const meaning = understand(here, context(book, four))
    const outs = recordsFor(meaning, { do: 'leave' }, visit)
    expect(outs.map(({ body }) => body['checkIn'])).toEqual([own.fact.id])
    absorbDuty(book, saved(outs, four))
    expect(endOf(pair(book).leaders, turnOf(book, leaders), four)).toEqual({ at: noon, how: 'auto' })
    expect(sums(book, four)).toMatchObject({ confirmed: 240, unconfirmed: 240 })
  })

  it('ends nothing that goes on by a word about the one that is over, and none of another turn', () => {
    const early = fc.integer({ min: -60, max: 239 })
    fc.assert(
      fc.property(early, early, fc.integer({ min: 0, max: 16 * 60 }), (first, second, passed) => {
        const book = bookOf([...turns, ...cameTwice(eight + first * minute, noon + second * minute)])
        const at = Math.max(eight + first * minute, noon + second * minute) + passed * minute
        const { leaders, own } = pair(book)
        expect(twinsOf(book, leaders, at)).toEqual([])
        expect(twinsOf(book, own, at)).toEqual([])
        const open = (stay: Stay) => endOf(stay, turnOf(book, stay), at) === null
        // Who walks away is gone from all that is open there, of whichever turn.
        expect(leavingWith(book, own, at)).toEqual(open(own) && open(leaders) ? [leaders] : [])
      }),
    )
  })

  it('is there still where the other one had no turn, as long as only one of them was closed', () => {
    const [turn] = turns
    const planned = cameTwice(eight, noon).slice(0, 1)
    const book = bookOf([...(turn ? [turn] : []), ...planned, came(noon - hour)])
    const [first, second] = staysOfMember(book, me)
    if (!first || !second) throw new Error('no two stays')
    expect(twinsOf(book, first, noon - minute)).toEqual([second])
    expect(twinsOf(book, first, noon + hour)).toEqual([])
    expect(twinsOf(book, first, eight + 24 * hour)).toEqual([second])
  })
})

describe('who is signed in by somebody who knows only their masked name', () => {
  const leader: Visit = { ...visit, who: { member: me }, evidence: { way: 'leader' } }

  it('is written down without one, is there all the same, and is called as the roster calls them', () => {
    const turn = dutyFact('shift', { post: here, starts: now, ends: now + 4 * hour, heads: 1 })
    const body = { shift: turn.id, member: me, name: '样*', act: 'assign' }
    const book = bookOf([turn, dutyFact('assignment', body)])
    const drafts = recordsFor(understand(here, context(book, now)), { do: 'arrive' }, leader)
    expect(drafts.map((draft) => Object.keys(draft.body).includes('name'))).toEqual([false])
    absorbDuty(book, saved(drafts, now))
    expect(openAt(book, here, now)).toHaveLength(1)
    expect(rosterNames(book).get(me)).toBe('样*')
    expect(kinds.checkIn.mask?.({ post: here, member: me, way: 'leader' })).not.toHaveProperty('name')
  })

  it('takes no free place in a name that is not known', () => {
    const turn = dutyFact('shift', { post: here, starts: now, ends: now + 4 * hour, heads: 1 })
    const meaning = understand(here, context(bookOf([turn]), now))
    expect(recordsFor(meaning, { do: 'take' }, leader).map(({ kind }) => kind)).toEqual(['checkIn'])
  })
})

describe('a free place that is found by scanning', () => {
  const turn = dutyFact('shift', { post: here, starts: now, ends: now + 4 * hour, heads: 1 })
  const rival = dutyFact('claim', { shift: turn.id, member: other, name: '样本', act: 'take' }, { seq: null })
  const taken = () => recordsFor(understand(here, context(bookOf([turn]), now)), { do: 'take' }, visit)

  it('is taken and signed in for in one write', () => {
    expect(taken().map(({ kind, body }) => [kind, body['shift']])).toEqual([
      ['claim', turn.id],
      ['checkIn', turn.id],
    ])
  })

  it('is theirs when the centre has it, unless somebody was quicker: then they stand in line and are there all the same', () => {
    fc.assert(
      fc.property(fc.boolean(), (quicker) => {
        const numbered = (facts: Fact[], from: number) =>
          facts.map((fact, n) => ({ ...fact, seq: 5_000 + from + n }))
        const mine = numbered(saved(taken(), now), 10)
        const theirs = numbered([rival], quicker ? 0 : 20)
        const book = bookOf([turn, ...mine, ...theirs])
        const staffed = staffedTurn(book, turn.id)
        expect(staffed?.seats.holders).toHaveLength(1)
        expect(staffed && placeOf(staffed.seats, me)).toMatchObject(
          quicker ? { is: 'next', place: 1 } : { is: 'mine' },
        )
        expect(openAt(book, here, now + minute)).toHaveLength(1)
      }),
    )
  })

  it('is given back when it is taken back at once, and the check-in with it', () => {
    const drafts = taken()
    const facts = saved(drafts, now)
    const back = saved(
      undoDrafts(
        drafts,
        facts.map(({ id }) => id),
      ),
      now,
    )
    const book = bookOf([turn, ...facts, ...back])
    expect(myTurns(book, me, now)).toEqual([])
    expect(staysOfMember(book, me)).toEqual([])
  })

  it('may still be taken where the one question was about something else, and only by who may', () => {
    const busy = bookOf([turn, came(now - hour, there)])
    const meaning = understand(here, context(busy, now))
    expect(meaning.is).toBe('elsewhere')
    expect(stillFree(meaning, { mayTake: true })?.fact.id).toBe(turn.id)
    expect(stillFree(meaning, { mayTake: false })).toBeNull()
    const full = bookOf([turn, { ...rival, seq: 7 }, came(now - hour, there)])
    expect(stillFree(understand(here, context(full, now)), { mayTake: true })).toBeNull()
    expect(stillFree(understand(here, context(bookOf([turn]), now)), { mayTake: true })).toBeNull()
  })

  it('is not taken by who only came to help, nor for somebody by one who may not', () => {
    const meaning = understand(here, context(bookOf([turn]), now))
    const helping = recordsFor(meaning, { do: 'arrive' }, visit)
    expect(helping.map(({ kind, body }) => [kind, body['shift']])).toEqual([['checkIn', undefined]])
    const forAnother = understand(here, { ...context(bookOf([turn]), now), mayTake: false })
    expect(forAnother).toMatchObject({ is: 'arrive', how: 'joined' })
    expect(recordsFor(forAnother, { do: 'arrive' }, visit).map(({ kind }) => kind)).toEqual(['checkIn'])
  })
})
