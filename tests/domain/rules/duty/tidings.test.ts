import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Fact } from '../../../../src/domain/entry.ts'
import { absorbDuty, emptyDuty } from '../../../../src/domain/rules/duty/book.ts'
import { fullTurns, myTurns, openTurns, type MyTurn } from '../../../../src/domain/rules/duty/roster.ts'
import { lineFor, placeOf } from '../../../../src/domain/rules/duty/seats.ts'
import { knownOf, tidingsOf } from '../../../../src/domain/rules/duty/tidings.ts'
import { dutyFact, idOf } from './facts.ts'
import { hour, me } from './random.ts'

const post = idOf(11)
const starts = Date.parse('2026-05-04T08:00:00+08:00')
const turn = (heads = 1): Fact => dutyFact('shift', { post, starts, ends: starts + 4 * hour, heads })
const change = (target: Fact, body: Record<string, unknown>, seq: number): Fact =>
  dutyFact('shiftChange', { target: target.id, ...body }, { seq })
const take = (shift: Fact, member: string, seq: number | null): Fact =>
  dutyFact('claim', { shift: shift.id, member, name: '样本', act: 'take' }, { seq })

function mineIn(facts: readonly Fact[]): MyTurn {
  const book = emptyDuty()
  absorbDuty(book, facts)
  const [mine] = myTurns(book, me, starts - hour)
  if (!mine) throw new Error('no turn of mine')
  return mine
}

describe('what somebody is told of their turn', () => {
  it('is each change of its time since they got their place, until they have seen it, and none from before', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 12 }), { maxLength: 5 }), fc.nat(5), (hours, before) => {
        const shift = turn()
        const changes = hours.map((n, at) =>
          change(shift, { patch: { ends: starts + n * hour } }, 10_000 + at * 10),
        )
        const seat = take(shift, me, 10_000 + Math.min(before, hours.length) * 10 - 5)
        const mine = mineIn([shift, ...changes, seat])
        const given = before === 0 ? 4 : (hours[Math.min(before, hours.length) - 1] ?? 4)
        const now = hours.at(-1) ?? 4
        expect(tidingsOf(mine, me, undefined)).toEqual(
          given === now ? null : { is: 'moved', was: { post, starts, ends: starts + given * hour } },
        )
        expect(tidingsOf(mine, me, knownOf(mine.turn))).toBeNull()
      }),
    )
  })

  it('is what differs from what they saw when they took it, though the change came to the centre first', () => {
    const shift = turn()
    const seen = { post, starts, ends: starts + 4 * hour }
    const moved = change(shift, { patch: { starts: starts + hour, ends: starts + 5 * hour } }, 20_000)
    const mine = mineIn([shift, moved, take(shift, me, 20_001)])
    expect(tidingsOf(mine, me, undefined)).toBeNull()
    expect(tidingsOf(mine, me, seen)).toEqual({ is: 'moved', was: seen })
  })

  it('is that it was cancelled, once, and nothing while they hold no place', () => {
    const shift = turn()
    const facts = [shift, take(shift, me, 30_000), change(shift, { retract: true }, 30_001)]
    const mine = mineIn(facts)
    expect(tidingsOf(mine, me, { post, starts, ends: starts + hour })).toEqual({ is: 'cancelled' })
    expect(tidingsOf(mine, me, knownOf(mine.turn))).toBeNull()
    const waiting = [shift, take(shift, idOf(22), 30_000), take(shift, me, 30_001), ...facts.slice(2)]
    expect(tidingsOf(mineIn(waiting), me, undefined)).toBeNull()
  })

  it('is nothing where only its heads or its note have changed', () => {
    const shift = turn()
    const more = change(shift, { patch: { heads: 3, note: '带伞' } }, 40_001)
    expect(tidingsOf(mineIn([shift, take(shift, me, 40_000), more]), me, undefined)).toBeNull()
  })
})

describe('the line of a full turn', () => {
  it('is told before one asks as it is after the centre has decided', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 4 }), fc.nat(7), (heads, others) => {
        const shift = turn(heads)
        const taken = Array.from({ length: others }, (_, n) => take(shift, idOf(50 + n), 50_000 + n))
        const book = emptyDuty()
        absorbDuty(book, [shift, ...taken])
        const open = openTurns(book, me, starts - hour)
        const full = fullTurns(book, me, starts - hour)
        expect(open.length + full.length).toBe(1)
        const [before] = full.length > 0 ? full : open
        const told = before ? lineFor(before.turn, before.seats) : null
        expect(told === null).toBe(open.length === 1)
        const mine = mineIn([shift, ...taken, take(shift, me, 60_000)])
        expect(placeOf(mine.seats, me)).toMatchObject(
          told === null ? { is: 'mine' } : { is: 'next', place: told },
        )
      }),
    )
  })
})
