import { localTime } from './localTime.ts'

/** Days and hours in a community's zone. Times are ms since 1970; zones are IANA names. */
export const hourMs = 3_600_000
const minuteMs = 60_000

/** What a wall clock in the zone shows, as if it were UTC; whole minutes. */
function wallClock(at: number, zone: string): number {
  const { day, minute } = localTime(at, zone)
  return Date.parse(`${day}T00:00:00Z`) + minute * minuteMs
}

const offsetAt = (at: number, zone: string): number =>
  wallClock(at, zone) - Math.floor(at / minuteMs) * minuteMs

/** The first moment of the local day that `at` falls on. */
export function dayStart(at: number, zone: string): number {
  const midnight = Date.parse(`${localTime(at, zone).day}T00:00:00Z`)
  const guess = midnight - offsetAt(at, zone)
  const exact = midnight - offsetAt(guess, zone)
  // Where clocks jump over midnight the day begins at the jump.
  return wallClock(exact, zone) < midnight ? exact + hourMs : exact
}

/** The day before and the day after, by the calendar: a day may have 23 or 25 hours. */
export const dayBefore = (start: number, zone: string): number => dayStart(start - 12 * hourMs, zone)
export const dayAfter = (start: number, zone: string): number => dayStart(start + 36 * hourMs, zone)

/** Hours of the local clock, 0–23. */
export const localHour = (at: number, zone: string): number => Math.floor(localTime(at, zone).minute / 60)
