import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  addDays,
  daysBetween,
  mondayOf,
  momentOf,
  weekdayOf,
  weekFrom,
} from '../../../src/domain/rules/localMoment.ts'
import { localTime } from '../../../src/domain/rules/localTime.ts'

const zone = fc.constantFrom('Asia/Shanghai', 'Asia/Urumqi', 'Europe/Berlin', 'America/New_York', 'UTC')
const moment = fc.integer({ min: Date.UTC(2020, 0) / 60_000, max: Date.UTC(2035, 0) / 60_000 })
const clock = (day: string, minute: number) => ({ day, minute })

describe('the moment of a local time', () => {
  it('shows that local time, and is the first one to show it', () => {
    fc.assert(
      fc.property(moment, zone, (minutes, where) => {
        const at = minutes * 60_000
        const { day, minute } = localTime(at, where)
        const found = momentOf(day, minute, where)
        expect(localTime(found, where)).toEqual(clock(day, minute))
        expect(found).toBeLessThanOrEqual(at)
        expect(at - found === 0 || at - found === 3_600_000).toBe(true)
      }),
      { numRuns: 300 },
    )
  })

  it('where clocks go forward over it, lies as long after the jump; where they go back, is the first of two', () => {
    expect(localTime(momentOf('2026-03-29', 150, 'Europe/Berlin'), 'Europe/Berlin')).toEqual(
      clock('2026-03-29', 210),
    )
    expect(momentOf('2026-10-25', 150, 'Europe/Berlin')).toBe(Date.UTC(2026, 9, 25, 0, 30))
  })

  it('is one even of a slip of the hand that no calendar has', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(1, -1),
        fc.double({ min: 9e15, max: 1e300, noNaN: true }),
        zone,
        (sign, far, where) => {
          const { day, minute } = localTime(sign * Math.round(far), where)
          expect(day).toMatch(sign > 0 ? /^9999-12-(29|3\d)$/ : /^1000-01-0\d$/)
          expect(minute >= 0 && minute < 1440).toBe(true)
        },
      ),
    )
  })

  it('days and weeks go by the calendar', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 20_000 }), fc.integer({ min: -400, max: 400 }), (start, n) => {
        const day = addDays('1990-01-01', start)
        expect(daysBetween(day, addDays(day, n))).toBe(n)
        const week = weekFrom(mondayOf(day))
        expect(week.map(weekdayOf)).toEqual([0, 1, 2, 3, 4, 5, 6])
        expect(week[weekdayOf(day)]).toBe(day)
      }),
    )
    expect(mondayOf('2026-11-22')).toBe('2026-11-16')
  })
})
