import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Fact } from '../../../../src/domain/entry.ts'
import { cameAt, emptyDuty, absorbDuty, staysOf } from '../../../../src/domain/rules/duty/book.ts'
import {
  byCover,
  coverageOf,
  covers,
  serving,
  soonMs,
  type CoveredPost,
} from '../../../../src/domain/rules/duty/coverage.ts'
import { endOf, turnOf } from '../../../../src/domain/rules/duty/ending.ts'
import { lateAfterMs } from '../../../../src/domain/rules/duty/understand.ts'
import { absorbPosts, emptyPosts, factsOf } from '../../../../src/domain/rules/duty/postBook.ts'
import { dutyFact, idOf } from './facts.ts'

const zone = 'Asia/Shanghai'
const minute = 60_000
const hour = 60 * minute
/** Noon in Shanghai. */
const noon = Date.UTC(2026, 10, 22, 4)
const [post, other, ann, bao] = [idOf(10), idOf(11), idOf(21), idOf(22)]

const turn = (starts: number, ends: number, heads: number, more: Partial<Fact> = {}) =>
  dutyFact('shift', { post, starts, ends, heads }, more)
const gives = (shift: Fact, member: string, at = noon - 100 * hour) =>
  dutyFact('assignment', { shift: shift.id, member, name: '示例', act: 'assign' }, { at })
const comes = (at: number, member: string | undefined, shift?: Fact, body: Record<string, unknown> = {}) =>
  dutyFact(
    'checkIn',
    {
      ...{ post, name: '示例', way: 'rotating' },
      ...(member ? { member } : {}),
      ...(shift ? { shift: shift.id } : {}),
      ...body,
    },
    { at },
  )
const goes = (at: number, stay: Fact) =>
  dutyFact('checkOut', { checkIn: stay.id, post, way: 'rotating' }, { at })

const cover = (facts: Fact[], body: CoveredPost = {}, now = noon, heardAt: number | null = now) => {
  const posts = emptyPosts()
  absorbPosts(posts, facts)
  return coverageOf(body, factsOf(posts, post), { now, zone, heardAt })
}

describe('how a post stands', () => {
  const running = turn(noon - hour, noon + 3 * hour, 2)

  it('nobody is needed: closed, and covered where somebody is there all the same', () => {
    expect(cover([]).cover).toBe('closed')
    expect(cover([comes(noon - minute, ann)]).cover).toBe('covered')
  })

  it('nobody is there: empty, though all phones have told', () => {
    expect(cover([running])).toMatchObject({ cover: 'empty', needed: 2, here: [] })
    expect(cover([running, gives(running, ann)]).cover).toBe('empty')
  })

  it('too few have the turn: short; enough have it and one has not come: late, by name', () => {
    const [one, two] = [gives(running, ann), gives(running, bao)]
    const here = comes(noon - hour, ann, running)
    expect(cover([running, one, here]).cover).toBe('short')
    const late = cover([running, one, two, here])
    expect(late.cover).toBe('late')
    expect(late.late.map(({ seat }) => seat.member)).toEqual([bao])
  })

  it('a turn that has just begun waits before it calls anybody late', () => {
    const fresh = turn(noon - lateAfterMs + minute, noon + hour, 1)
    const facts = [fresh, gives(fresh, ann)]
    expect(cover(facts)).toMatchObject({ cover: 'due', late: [] })
    expect(cover(facts, {}, noon + 2 * minute).cover).toBe('empty')
    expect(cover(facts, {}, noon + 2 * minute).late).toHaveLength(1)
  })

  it('who is given a turn that runs already is not late at once (failure mode 37)', () => {
    const given = gives(running, ann, noon - minute)
    expect(cover([running, given])).toMatchObject({ late: [], due: [{ seat: { member: ann } }] })
  })

  it('who was replaced is not late (failure mode 37)', () => {
    const swapped = comes(noon - minute, bao, running, { instead: ann })
    expect(cover([running, gives(running, ann), swapped]).late).toEqual([])
  })

  it('who left early is missing as a head, not late', () => {
    const here = comes(noon - hour, ann, running)
    const left = cover([running, gives(running, ann), here, goes(noon - minute, here)])
    expect(left).toMatchObject({ cover: 'empty', late: [] })
  })

  it('who leaves within the half hour without relief is shown; with relief nothing needs a hand', () => {
    const ending = turn(noon - hour, noon + soonMs, 1)
    const next = turn(noon + soonMs, noon + 5 * hour, 1)
    const here = comes(noon - hour, ann, ending)
    const facts = [ending, gives(ending, ann), here, next]
    expect(cover(facts)).toMatchObject({ cover: 'leaving' })
    expect(cover([...facts, gives(next, bao)]).cover).toBe('covered')
    const stays = cover([...facts, gives(next, ann)])
    expect([stays.cover, stays.leaving]).toEqual(['covered', []])
    expect(cover([ending, gives(ending, ann), here]).cover).toBe('covered')
  })

  it('a forgotten check-out is not somebody who is there', () => {
    const over = turn(noon - 5 * hour, noon - hour, 1)
    const facts = [over, comes(noon - 5 * hour, ann, over)]
    expect(cover(facts)).toMatchObject({ cover: 'closed', here: [] })
    expect(cover(facts).forgotten).toHaveLength(1)
  })

  it('silence is no zero: what was expected and not heard of has no data, since when is said', () => {
    const facts = [running, gives(running, ann)]
    const heard = noon - 91 * minute
    expect(cover(facts, {}, noon, heard)).toMatchObject({ cover: 'silent', knownUntil: heard })
    expect(cover(facts, {}, noon, null)).toMatchObject({ cover: 'silent', knownUntil: null })
    expect(cover(facts, {}, noon, noon - 89 * minute).cover).toBe('empty')
    // Nobody was to come, so that no phone could have told: the plan itself says that it is empty.
    expect(cover([running], {}, noon, null).cover).toBe('empty')
    // A device that stands there would have told, also of somebody without a turn.
    const there = { now: noon, zone, heardAt: heard, hasStation: true }
    expect(coverageOf({ heads: 1 }, factsOf(emptyPosts(), post), there).cover).toBe('silent')
    // Who came and went is known to have gone: their phone need not say it again and again.
    const came = comes(noon - 4 * hour, ann)
    expect(cover([came, goes(noon - 3 * hour, came)], { heads: 1 }, noon, null).cover).toBe('empty')
    // Who came stays until the turn ends, as far as is known; that nothing was heard since is said beside it.
    const here = [comes(noon - 100 * minute, ann, running), comes(noon - 100 * minute, bao, running)]
    expect(cover([running, ...here], {}, noon, null)).toMatchObject({ cover: 'covered', quiet: true })
  })

  it('what the desk enters is no word from the post: silence stays silence, whoever enters it', () => {
    const heard = noon - 91 * minute
    const [clerk, facts] = [idOf(50), [running, gives(running, ann)]]
    const before = cover(facts, {}, noon, heard)
    expect(before.cover).toBe('silent')
    for (const way of ['hand', 'paper']) {
      const row = (member?: string) =>
        dutyFact('checkIn', { post, name: '示例', way, member }, { at: noon - minute, by: clerk })
      const left = row(bao)
      const out = dutyFact('checkOut', { checkIn: left.id, post, way }, { at: noon, by: clerk })
      const posts = emptyPosts()
      absorbPosts(posts, [...facts, row(), left, out])
      const read = factsOf(posts, post)
      expect([...serving(read, noon)]).toEqual([ann])
      const now = coverageOf({}, read, { now: noon, zone, heardAt: heard })
      expect(now).toMatchObject({ cover: 'silent', knownUntil: heard })
      expect(now.here).toHaveLength(1)
    }
  })

  it('a post’s own heads count while it is open and no turn runs', () => {
    const body = { opens: '08:00', closes: '18:00', heads: 3 }
    expect(cover([], body).needed).toBe(3)
    expect(cover([], body, noon + 7 * hour).needed).toBe(0)
    expect(cover([running], body).needed).toBe(2)
  })
})

describe('the board’s book', () => {
  const people = Array.from({ length: 6 }, (_, i) => idOf(30 + i))
  const turns = Array.from({ length: 3 }, (_, i) =>
    dutyFact('shift', {
      post: i === 2 ? other : post,
      starts: noon - (3 - i) * hour,
      ends: noon + i * hour + 20 * minute,
      heads: 1 + i,
    }),
  )
  const stays = people.flatMap((member, i) => [
    comes(noon - (i + 1) * 40 * minute, member, turns[i % 3], { post: i % 4 === 3 ? other : post }),
    comes(noon - i * 10 * minute, i % 2 ? member : undefined),
  ])
  const seats = people.map((member, i) => gives(turns[i % 3] ?? stays[0]!, member))
  const outs = stays.slice(0, 5).map((stay, i) => goes(noon - i * 7 * minute, stay))
  const changes = [
    dutyFact('shiftChange', { target: turns[0]!.id, patch: { ends: noon - 2 * hour } }),
    dutyFact('shiftChange', { target: turns[1]!.id, patch: { post: other } }),
    dutyFact('amendment', { target: stays[2]!.id, patch: { post: other } }),
    dutyFact('amendment', { target: stays[3]!.id, retract: true }),
    dutyFact('amendment', { target: outs[1]!.id, retract: true }),
    dutyFact('amendment', { target: outs[2]!.id, patch: { left: noon - 3 * hour } }),
  ]
  const all = [...turns, ...stays, ...seats, ...outs, ...changes]

  it('taken up piece by piece it reads as taken up at once, and every figure is the entries behind it', () => {
    const pieces = fc.tuple(
      fc.shuffledSubarray(all, { minLength: all.length }),
      fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 8, maxLength: 12 }),
      fc.integer({ min: -12 * 60, max: 14 * 60 }),
    )
    fc.assert(
      fc.property(pieces, ([facts, sizes, minutes]) => {
        const now = noon + minutes * minute
        const [piecewise, whole] = [emptyPosts(), emptyPosts()]
        absorbPosts(whole, facts)
        let from = 0
        for (const size of sizes) {
          absorbPosts(piecewise, facts.slice(from, from + size))
          from += size
          // Whoever looks in between must not be shown what no longer holds.
          for (const one of [post, other]) factsOf(piecewise, one)
        }
        absorbPosts(piecewise, facts.slice(from))
        for (const one of [post, other]) {
          const moment = { now, zone, heardAt: null }
          const seen = coverageOf({}, factsOf(piecewise, one), moment)
          expect(seen).toEqual(coverageOf({}, factsOf(whole, one), moment))
          const book = emptyDuty()
          absorbDuty(book, facts)
          const there = staysOf(book).filter((stay) => stay.body.post === one)
          const here = there.filter((stay) => endOf(stay, turnOf(book, stay), now) === null)
          const persons = new Set(here.map((stay) => stay.body.member ?? stay.fact.id))
          expect(seen.here).toHaveLength(persons.size)
          expect(seen.late.every(({ seat }) => !persons.has(seat.member))).toBe(true)
          expect(
            factsOf(piecewise, one)
              .came.map(({ at }) => at)
              .sort(),
          ).toEqual(there.map(cameAt).sort())
        }
      }),
    )
  })

  it('is told by those who serve the post, and by nobody else of the place', () => {
    const [leader, walked] = [idOf(40), idOf(41)]
    const turn = dutyFact('shift', { post, starts: noon - hour, ends: noon + hour, heads: 2 })
    const over = dutyFact('shift', { post, starts: noon - 5 * hour, ends: noon - 3 * hour, heads: 1 })
    const [holder = '', before = '', guest, gone] = people
    const came = comes(noon - hour, guest)
    const signedInBy = dutyFact('checkIn', { post, name: '样本', way: 'leader' }, { at: noon, by: leader })
    const left = comes(noon - 2 * hour, gone)
    const forgotten = comes(noon - 30 * hour, walked)
    const posts = emptyPosts()
    absorbPosts(posts, [turn, over, gives(turn, holder), gives(over, before), came, signedInBy, left])
    absorbPosts(posts, [goes(noon - hour, left), forgotten])
    const wrote = came.by
    expect([...serving(factsOf(posts, post), noon)].sort()).toEqual([holder, guest, leader, wrote].sort())
  })

  it('puts first what needs a hand first, and where more are missing', () => {
    const closed = cover([])
    const coverage = (as: (typeof covers)[number], needed: number) => ({
      post,
      coverage: { ...closed, cover: as, needed },
    })
    const rows = [coverage('covered', 0), coverage('short', 1), coverage('short', 3), coverage('empty', 1)]
    expect(rows.sort(byCover).map((row) => [row.coverage.cover, row.coverage.needed])).toEqual([
      ['empty', 1],
      ['short', 3],
      ['short', 1],
      ['covered', 0],
    ])
  })
})
