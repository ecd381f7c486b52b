import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { endOf, graceMs, longestUnplannedMs } from '../../../../src/domain/rules/duty/ending.ts'
import { minutesOf, sumOf } from '../../../../src/domain/rules/duty/hours.ts'
import { minute, plans, stayFrom } from './random.ts'

describe('the end of a stay', () => {
  const never = Number.MAX_SAFE_INTEGER

  it('never lies before its beginning, and every stay ends at some time', () => {
    fc.assert(
      fc.property(plans, (plan) => {
        const { stay, turn, came } = stayFrom(plan)
        expect(endOf(stay, turn, never)?.at).toBeGreaterThanOrEqual(came)
      }),
    )
  })

  it('is where a check-out put it, whatever the turn says', () => {
    fc.assert(
      fc.property(plans, fc.constantFrom('out', 'said'), (plan, out) => {
        const { stay, turn, left } = stayFrom({ ...plan, out })
        for (const now of [0, left, never]) expect(endOf(stay, turn, now)).toEqual({ at: left, how: out })
      }),
    )
  })

  it('is the turn’s end after a grace, once nobody checked out; before that they are here (failure mode 36)', () => {
    fc.assert(
      fc.property(plans, (plan) => {
        const { stay, turn } = stayFrom({ ...plan, planned: true, out: 'none', late: Math.min(plan.late, 9) })
        const ends = turn?.body.ends ?? NaN
        expect(endOf(stay, turn, ends + graceMs - 1)).toBeNull()
        expect(endOf(stay, turn, ends + graceMs)).toEqual({ at: ends, how: 'auto' })
      }),
    )
  })

  it('closes an unplanned stay after twelve hours and counts no hours of which nobody knows', () => {
    fc.assert(
      fc.property(plans, (plan) => {
        const { stay, turn, came } = stayFrom({ ...plan, planned: false, out: 'none' })
        const closes = came + longestUnplannedMs
        expect(endOf(stay, turn, closes - 1)).toBeNull()
        expect(endOf(stay, turn, closes)).toEqual({ at: closes, how: 'auto' })
        expect(minutesOf(stay, turn, closes)).toMatchObject({ minutes: 0, known: false })
        expect(minutesOf(stay, turn, closes - 1)).toMatchObject({ minutes: 719, known: true })
      }),
    )
  })

  it('does not take an arrival after the turn for one that ended before it', () => {
    const plan = fc.sample(plans, { numRuns: 1, seed: 7 })[0]
    if (!plan) throw new Error('no plan')
    const late = { ...plan, planned: true, out: 'none' as const, turnMinutes: 60, late: 90 }
    const { stay, turn, came } = stayFrom(late)
    expect(endOf(stay, turn, came + minute)).toBeNull()
  })
})

describe('hours', () => {
  it('never shrink while somebody is there, and stop at the end', () => {
    fc.assert(
      fc.property(plans, fc.nat(2000), fc.nat(2000), (plan, first, more) => {
        const { stay, turn, came, left } = stayFrom({ ...plan, out: 'out' })
        const counted = (now: number): number => minutesOf(stay, turn, now).minutes
        expect(counted(came + (first + more) * minute)).toBe(counted(left))
        const running = stayFrom({ ...plan, planned: false, out: 'none' })
        const at = (minutes: number): number =>
          minutesOf(running.stay, undefined, came + minutes * minute).minutes
        expect(at(Math.min(719, first + more))).toBeGreaterThanOrEqual(at(Math.min(719, first)))
      }),
    )
  })

  it('stay a number, whatever somebody wrote down', () => {
    const plan = fc.sample(plans, { numRuns: 1, seed: 5 })[0]
    if (!plan) throw new Error('no plan')
    const { stay, turn, left } = stayFrom({ ...plan, out: 'said' })
    const outs = stay.outs.map((out) => ({ ...out, body: { ...out.body, left: 1.7e308 } }))
    const body = { ...stay.body, came: -1.7e308 }
    const { minutes } = minutesOf({ ...stay, body, outs }, turn, left)
    expect(Number.isSafeInteger(minutes) && minutes > 0).toBe(true)
  })

  it('are those of the clock on the wall of the world: a change to summer time adds none', () => {
    const plan = fc.sample(plans, { numRuns: 1, seed: 3 })[0]
    if (!plan) throw new Error('no plan')
    // Berlin, 29 March 2026: 01:00 to 05:00 on the wall are three hours.
    const starts = Date.parse('2026-03-29T01:00:00+01:00')
    const lasts = (Date.parse('2026-03-29T05:00:00+02:00') - starts) / minute
    const { stay, turn } = stayFrom({ ...plan, starts, late: 0, lasts, out: 'out' })
    expect(minutesOf(stay, turn, starts + 9e9).minutes).toBe(180)
  })

  it('add up, each minute in exactly one of confirmed and unconfirmed', () => {
    fc.assert(
      fc.property(fc.array(plans, { maxLength: 12 }), (all) => {
        const parts = all.map((plan) => {
          const { stay, turn, left } = stayFrom(plan)
          return minutesOf(stay, turn, left)
        })
        const sum = sumOf(parts)
        expect(sum.confirmed + sum.unconfirmed).toBe(parts.reduce((total, part) => total + part.minutes, 0))
        expect(sum.byHand).toBeLessThanOrEqual(sum.confirmed + sum.unconfirmed)
      }),
    )
  })
})
