import { kinds } from '../../../../domain/kinds/index.ts'
import { dayStart, hourMs } from '../../../../domain/rules/boardDays.ts'

/**
 * From when on the desk reads gate logbooks, ms: as far back as a phone holds passages, so that the desk and the
 * guard's phone agree on who is inside. Moves once a day.
 */
export const booksSince = (now: number, zone: string): number =>
  dayStart(now - kinds.passage.keptDays.phone * 24 * hourMs, zone)
