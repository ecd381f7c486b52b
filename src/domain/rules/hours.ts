import { clockMinutes } from './localTime.ts'

/** `HH:MM` each, local; either may be left open. */
export interface Hours {
  opens?: string | undefined
  closes?: string | undefined
}

/**
 * Is a gate open at this local minute? `opens` counts, `closes` does not; hours may reach across midnight
 * (22:00–06:00). Without both, or with both alike, it is open all day.
 */
export function isOpen(hours: Hours, minute: number): boolean {
  if (!hours.opens || !hours.closes || hours.opens === hours.closes) return true
  const [opens, closes] = [clockMinutes(hours.opens), clockMinutes(hours.closes)]
  return opens < closes ? minute >= opens && minute < closes : minute >= opens || minute < closes
}
