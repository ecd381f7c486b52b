import type { Locale } from './locales.ts'

export type DateStyle =
  | 'date'
  | 'time'
  | 'dateTime'
  | 'weekday'
  | 'month'
  | 'dayTime'
  | 'shortDay'
  | 'weekdayShort'
  | 'monthDay'

const styles: Record<DateStyle, Intl.DateTimeFormatOptions> = {
  date: { year: 'numeric', month: 'short', day: 'numeric' },
  time: { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' },
  dateTime: { month: 'short', day: 'numeric', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' },
  weekday: { weekday: 'long', month: 'long', day: 'numeric' },
  month: { year: 'numeric', month: 'long' },
  shortDay: { weekday: 'short', month: 'numeric', day: 'numeric' },
  monthDay: { month: 'short', day: 'numeric' },
  weekdayShort: { weekday: 'short' },
  dayTime: { weekday: 'short', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' },
}

const cache = new Map<string, Intl.DateTimeFormat>()

/** Formatters are dear to make and cheap to keep. */
function formatter(locale: Locale, zone: string | undefined, style: DateStyle): Intl.DateTimeFormat {
  const key = `${locale} ${zone} ${style}`
  const known = cache.get(key)
  if (known) return known
  const made = new Intl.DateTimeFormat(locale, { ...styles[style], ...(zone ? { timeZone: zone } : {}) })
  cache.set(key, made)
  return made
}

/** Milliseconds since 1970 as text in the zone (IANA; absent: the device's own). */
export const formatDate = (locale: Locale, zone: string | undefined, ms: number, style: DateStyle): string =>
  formatter(locale, zone, style).format(ms)

const numberCache = new Map<string, Intl.NumberFormat>()

/**
 * A number with so many digits after the point. Below a thousand all our languages write it alike, and the first
 * formatter costs a slow phone longer than the whole screen.
 */
export function formatNumber(locale: Locale, n: number, digits: number): string {
  if (n >= 0 && n < 999 && (digits > 0 || Number.isInteger(n))) return n.toFixed(digits)
  const key = `${locale} ${digits}`
  const options = digits > 0 ? { minimumFractionDigits: digits, maximumFractionDigits: digits } : {}
  const made = numberCache.get(key) ?? new Intl.NumberFormat(locale, options)
  numberCache.set(key, made)
  return made.format(n)
}

const steps: readonly [Intl.RelativeTimeFormatUnit, number][] = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
]

/** How long ago, in the largest unit that fills; below a minute it is "now". `ms` before `now`, both since 1970. */
export function formatAgo(locale: Locale, ms: number, now: number): string {
  const gone = now - ms
  const words = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' })
  const step = steps.find(([, size]) => Math.abs(gone) >= size)
  return step ? words.format(-Math.trunc(gone / step[1]), step[0]) : words.format(0, 'second')
}

const unit = (locale: Locale, name: 'hour' | 'minute', value: number): string =>
  new Intl.NumberFormat(locale, { style: 'unit', unit: name, unitDisplay: 'short' }).format(value)

/** Whole minutes as hours and minutes: `1 hr 41 min`, `1小时41分钟`. */
export function formatDuration(locale: Locale, minutes: number): string {
  const whole = Math.max(0, Math.round(minutes))
  const [hours, rest] = [Math.floor(whole / 60), whole % 60]
  if (hours === 0) return unit(locale, 'minute', rest)
  return rest === 0
    ? unit(locale, 'hour', hours)
    : [unit(locale, 'hour', hours), unit(locale, 'minute', rest)].join(locale === 'en' ? ' ' : '')
}
