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

/** Local time of a moment (ms) in an IANA zone. Throws RangeError for a zone that does not exist. */
export function localTime(at: number, zone: string): LocalTime {
  const parts = new Map(
    formatter(zone)
      .formatToParts(at)
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
