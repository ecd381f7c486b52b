import { localTime } from './localTime.ts'

/** Local days are texts like `2026-11-22`; minutes count from local midnight. */
const minuteMs = 60_000
const dayMs = 24 * 60 * minuteMs

const midnightUtc = (day: string): number => Date.parse(`${day}T00:00:00Z`)

/** What a wall clock in the zone shows, as if it were UTC. */
function shown(at: number, zone: string): number {
  const { day, minute } = localTime(at, zone)
  return midnightUtc(day) + minute * minuteMs
}

/**
 * The moment (ms) at which a wall clock in the zone shows this day and minute. Where clocks go back, the first of the
 * two; where they go forward over it, as long after the jump as it lies behind the jump's beginning.
 */
export function momentOf(day: string, minute: number, zone: string): number {
  const wanted = midnightUtc(day) + minute * minuteMs
  // A day before and after lie on either side of any change of the clocks.
  const offsets = [wanted - dayMs, wanted + dayMs].map((at) => shown(at, zone) - at)
  const exact = offsets.map((offset) => wanted - offset).filter((at) => shown(at, zone) === wanted)
  return exact.length > 0 ? Math.min(...exact) : wanted - Math.min(...offsets)
}

/** So many days later by the calendar. */
export const addDays = (day: string, days: number): string =>
  new Date(midnightUtc(day) + days * dayMs).toISOString().slice(0, 10)

/** Days from one day to another. */
export const daysBetween = (from: string, to: string): number =>
  Math.round((midnightUtc(to) - midnightUtc(from)) / dayMs)

/** 0 = Monday. */
export const weekdayOf = (day: string): number => (new Date(midnightUtc(day)).getUTCDay() + 6) % 7

/** The Monday of a day's week. */
export const mondayOf = (day: string): string => addDays(day, -weekdayOf(day))

/** The seven days from a Monday on. */
export const weekFrom = (monday: string): string[] => [0, 1, 2, 3, 4, 5, 6].map((n) => addDays(monday, n))
