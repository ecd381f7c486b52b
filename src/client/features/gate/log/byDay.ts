import type { Logged } from '../../../../domain/rules/logged.ts'
import { localTime } from '../../../../domain/rules/localTime.ts'

export interface LogDay {
  day: string
  /** Some moment of that day, ms. */
  at: number
  entries: Logged[]
}

/** Entries by local day, in the order in which they come. */
export function byDay(entries: readonly Logged[], zone: string): LogDay[] {
  const days: LogDay[] = []
  for (const logged of entries) {
    const { day } = localTime(logged.fact.at, zone)
    const last = days.at(-1)
    if (last?.day === day) last.entries.push(logged)
    else days.push({ day, at: logged.fact.at, entries: [logged] })
  }
  return days
}
