import { addDays, momentOf } from '../localMoment.ts'
import { clockMinutes, localTime } from '../localTime.ts'

const minuteMs = 60_000

/**
 * The moment that somebody means by a time of day (`HH:MM`, local) between two moments (corrected ms): the last one that
 * fits, to the minute. Null where none does. Within a stay there is rarely more than one.
 */
export function momentSaid(clock: string, from: number, to: number, zone: string): number | null {
  if (!/^\d{2}:\d{2}$/.test(clock)) return null
  const first = localTime(from, zone).day
  for (let day = localTime(to, zone).day; day >= first; day = addDays(day, -1)) {
    const at = momentOf(day, clockMinutes(clock), zone)
    if (at <= to && at + minuteMs > from) return Math.max(at, from)
  }
  return null
}

/** `HH:MM` of a moment, for a field that asks for a time. */
export function clockOf(at: number, zone: string): string {
  const { minute } = localTime(at, zone)
  return [Math.floor(minute / 60), minute % 60].map((part) => String(part).padStart(2, '0')).join(':')
}
