import { useText } from '../i18n/index.ts'

/** From when to when, in the community's zone: `08:00–12:00`; over midnight it says that the end is the next day. */
export function useSpan(): (starts: number, ends: number) => string {
  const { t, date } = useText()
  return (starts, ends) => {
    const params = { from: date(starts, 'time'), to: date(ends, 'time') }
    // What ends at midnight ends on its own day.
    const sameDay = date(starts, 'date') === date(ends - 1, 'date')
    return t(sameDay ? 'roster.span' : 'roster.spanNext', params)
  }
}
