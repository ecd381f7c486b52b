import { addDays, momentOf } from './localMoment.ts'
import { localTime } from './localTime.ts'

/** Days and hours in a community's zone. Times are ms since 1970; zones are IANA names. */
export const hourMs = 3_600_000
const minuteMs = 60_000

/** The first moment of the local day that `at` falls on: where clocks jump over midnight, the jump. */
export const dayStart = (at: number, zone: string): number => momentOf(localTime(at, zone).day, 0, zone)

/** The day before and the day after, by the calendar: a day may have 23 or 25 hours. */
export const dayBefore = (start: number, zone: string): number => dayStart(start - 12 * hourMs, zone)
export const dayAfter = (start: number, zone: string): number => dayStart(start + 36 * hourMs, zone)

/** The same time of the day before, by the local clock: a figure is compared up to there. */
export function sameTimeBefore(at: number, zone: string): number {
  const { day, minute } = localTime(at, zone)
  return momentOf(addDays(day, -1), minute, zone) + (at % minuteMs)
}

/** Hours of the local clock, 0–23. */
export const localHour = (at: number, zone: string): number => Math.floor(localTime(at, zone).minute / 60)
