import type { GateFigures } from './board.ts'
import { silentAfterMs } from './boardHours.ts'
import { isOpen } from './hours.ts'
import { localTime } from './localTime.ts'

/** What a gate needs, the heaviest first. */
export const needs = ['silent', 'fever', 'overstay', 'none', 'closed'] as const
export type Need = (typeof needs)[number]

/** A fever needs a hand for so long after it was logged; then it is a figure among others. */
export const feverFreshMs = 2 * 3_600_000

export interface GateState {
  figures: Pick<GateFigures, 'feverAt' | 'knownUntil'>
  /** People and vehicles inside the gate's compound beyond their time. */
  overstays: number
  opens?: string | undefined
  closes?: string | undefined
}

export function needOf({ figures, overstays, opens, closes }: GateState, now: number, zone: string): Need {
  const open = isOpen({ opens, closes }, localTime(now, zone).minute)
  if (open && now - (figures.knownUntil ?? -Infinity) > silentAfterMs) return 'silent'
  if (now - (figures.feverAt ?? -Infinity) <= feverFreshMs) return 'fever'
  if (overstays > 0) return 'overstay'
  return open ? 'none' : 'closed'
}

/** Orders what needs a hand first; among equals the busier comes first. */
export const byNeed = (
  a: { need: Need; figures: Pick<GateFigures, 'today'> },
  b: { need: Need; figures: Pick<GateFigures, 'today'> },
): number =>
  needs.indexOf(a.need) - needs.indexOf(b.need) || b.figures.today.passage - a.figures.today.passage
