import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Fact } from '../../../../src/domain/entry.ts'
import { absorbDuty, emptyDuty, type Turn } from '../../../../src/domain/rules/duty/book.ts'
import {
  byDay,
  byPost,
  fillOf,
  isNight,
  lacking,
  myTurns,
  nextTurn,
  openTurns,
  staffedBetween,
  staffedTurn,
} from '../../../../src/domain/rules/duty/roster.ts'
import { heldBy, leastRestMs, warningsFor } from '../../../../src/domain/rules/duty/warnings.ts'
import { dutyFact, idOf } from './facts.ts'

const hourMs = 3_600_000
const zone = 'Asia/Shanghai'
/** 08:00 in Shanghai. */
const eight = Date.UTC(2026, 10, 23)
const [me, other] = [idOf(11), idOf(12)]

const shift = (starts: number, hours: number, more: Record<string, unknown> = {}) =>
  dutyFact('shift', { post: idOf(10), starts, ends: starts + hours * hourMs, heads: 1, ...more })
const take = (turn: Fact, member: string, seq: number | null = 1) =>
  dutyFact('claim', { shift: turn.id, member, name: '样本', act: 'take' }, { seq })
function bookOf(...facts: Fact[]) {
  const book = emptyDuty()
  absorbDuty(book, facts)
  return book
}

describe('the roster', () => {
  const [morning, evening, tomorrow] = [
    shift(eight, 4),
    shift(eight + 12 * hourMs, 12),
    shift(eight + 24 * hourMs, 4, { heads: 2 }),
  ]
  const book = bookOf(morning, evening, tomorrow, take(morning, me), take(tomorrow, other))

  it('knows how full each turn is, on which day it starts, and which are of the night', () => {
    const list = staffedBetween(book, eight, eight + 48 * hourMs)
    expect(list.map(fillOf)).toEqual(['full', 'empty', 'short'])
    expect([...byDay(list, zone)].map(([day, all]) => [day, all.length])).toEqual([
      ['2026-11-23', 2],
      ['2026-11-24', 1],
    ])
    expect(byPost(list).get(idOf(10))).toHaveLength(3)
    expect(list.map(({ turn }) => isNight(turn, zone))).toEqual([false, true, false])
  })

  it('offers what has a place left, is not over, and is not theirs already', () => {
    const open = (now: number, member = me) => openTurns(book, member, now).map(({ turn }) => turn.fact.id)
    expect(open(eight)).toEqual([evening.id, tomorrow.id])
    expect(open(eight, other)).toEqual([evening.id])
    expect(open(eight + 24 * hourMs)).toEqual([tomorrow.id])
  })

  it('tells somebody their next turn, and that one of theirs was cancelled', () => {
    const soon = take(tomorrow, me, 9)
    absorbDuty(book, [soon])
    expect(nextTurn(myTurns(book, me, eight), eight)?.turn.fact.id).toBe(morning.id)
    expect(nextTurn(myTurns(book, me, eight), eight + 5 * hourMs)?.turn.fact.id).toBe(tomorrow.id)
    const cancelled = bookOf(
      morning,
      take(morning, me),
      dutyFact('shiftChange', { target: morning.id, retract: true }),
    )
    expect(myTurns(cancelled, me, eight).map((m) => [m.cancelled, m.place.is])).toEqual([[true, 'mine']])
    expect(nextTurn(myTurns(cancelled, me, eight), eight)).toBeNull()
    expect(staffedTurn(cancelled, morning.id)).toBeNull()
    expect(openTurns(cancelled, other, eight)).toEqual([])
  })

  it('a claim that waits for the centre is no turn to come to yet', () => {
    const waits = bookOf(morning, take(morning, me, null))
    expect(myTurns(waits, me, eight).map((m) => m.place.is)).toEqual(['asked'])
    expect(nextTurn(myTurns(waits, me, eight), eight)).toBeNull()
  })
})

describe('what speaks against a turn', () => {
  const turnOf = (fact: Fact): Turn => {
    const found = bookOf(fact).turns.get(fact.id)
    if (!found) throw new Error('no turn')
    return found
  }
  const at = (startHour: number, hours: number, more: Record<string, unknown> = {}): Turn =>
    turnOf(shift(eight + startHour * hourMs, hours, more))
  const why = (turn: Turn, held: readonly Turn[], skills: readonly string[] = []) =>
    warningsFor(turn, held, skills).map((w) => w.why)

  it('two turns at once, on whichever post; one after the other is none', () => {
    expect(why(at(0, 4), [at(3, 4)])).toEqual(['overlap'])
    expect(why(at(0, 4), [at(4, 4)])).toEqual([])
    const same = at(0, 4)
    expect(why(same, [same])).toEqual([])
  })

  it('less than eight hours off in one piece within a day', () => {
    expect(why(at(0, 8), [at(14, 8)])).toEqual(['rest'])
    expect(why(at(14, 8), [at(0, 8)])).toEqual(['rest'])
    expect(why(at(0, 4), [at(8, 4)])).toEqual([])
    expect(why(at(0, 12), [])).toEqual([])
    expect(why(at(0, 18), [])).toEqual(['rest'])
    expect(why(at(0, 8), [at(100, 20)])).toEqual([])
  })

  it('a skill that they do not have', () => {
    const turn = at(0, 4, { skills: ['能开车', '懂急救'] })
    expect(warningsFor(turn, [], ['懂急救'])).toEqual([{ why: 'skills', missing: ['能开车'] }])
    expect(lacking(turn, ['能开车', '懂急救', '会说方言'])).toEqual([])
  })

  it('overlap is said whichever of the two is given first, and rest is never more than a day', () => {
    const turns = fc.tuple(fc.integer({ min: 0, max: 60 }), fc.integer({ min: 1, max: 24 }))
    fc.assert(
      fc.property(turns, turns, ([a, la], [b, lb]) => {
        const [one, two] = [at(a, la), at(b, lb)]
        const overlap = a < b + lb && b < a + la
        expect(why(one, [two]).includes('overlap')).toBe(overlap)
        expect(why(two, [one]).includes('overlap')).toBe(overlap)
        for (const warning of warningsFor(one, [two], []))
          if (warning.why === 'rest') {
            expect(warning.restMs).toBeGreaterThanOrEqual(0)
            expect(warning.restMs).toBeLessThan(leastRestMs)
          }
      }),
    )
  })

  it('counts turns that somebody holds or has asked for, not those they stand in line for', () => {
    const turn = shift(eight, 4)
    const book = bookOf(turn, take(turn, me), take(turn, other, 2))
    expect([...heldBy(staffedBetween(book, eight, eight + hourMs)).keys()]).toEqual([me])
    const asked = bookOf(turn, take(turn, me), { ...take(turn, other, 2), seq: null })
    expect([...heldBy(staffedBetween(asked, eight, eight + hourMs)).keys()]).toEqual([me, other])
  })
})
