/** A moment as the wall clock of a place shows it. */
export interface LocalTime {
  /** `2026-11-22` */
  day: string
  /** Minutes since local midnight, 0 to 1439. */
  minute: number
}

/** Making a formatter is slow and a gate asks at every tap; a formatter has no state, so keeping it is safe. */
const formatters = new Map<string, Intl.DateTimeFormat>()

function formatter(zone: string): Intl.DateTimeFormat {
  const kept = formatters.get(zone)
  if (kept) return kept
  const made = new Intl.DateTimeFormat('en-GB', {
    timeZone: zone,
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
  })
  formatters.set(zone, made)
  return made
}

/** Years have four digits in a day. A slip of the hand may say any number of ms, and no formatter takes them all. */
const [earliest, latest] = [Date.UTC(1000, 0, 2), Date.UTC(9999, 11, 30)]

/**
 * Local time of a moment (ms) in an IANA zone; beyond the years 1000 to 9999 the nearest in them. Throws RangeError for a
 * zone that does not exist.
 */
export function localTime(at: number, zone: string): LocalTime {
  const parts = new Map(
    formatter(zone)
      .formatToParts(Math.min(latest, Math.max(earliest, at)))
      .map((p) => [p.type, p.value]),
  )
  const get = (type: Intl.DateTimeFormatPartTypes) => parts.get(type) ?? ''
  return {
    day: `${get('year')}-${get('month')}-${get('day')}`,
    minute: Number(get('hour')) * 60 + Number(get('minute')),
  }
}

/** `HH:MM` as minutes since midnight. */
export const clockMinutes = (clock: string): number => {
  const [hours, minutes] = clock.split(':')
  return Number(hours) * 60 + Number(minutes)
}
