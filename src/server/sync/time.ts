import { correctedAt, skewFlaggedAboveMs, type Flag } from '../../domain/entry.ts'

interface Stamped {
  at: number
  off?: number | undefined
}

/** Centre time minus device time, ms: what the phone knew when it saved, else what its page showed on arrival ([TI1]). */
const offsetOf = ({ off }: Stamped, arrivalOff: number | null): number => off ?? arrivalOff ?? 0

export const correctedTime = (entry: Stamped, arrivalOff: number | null): number =>
  correctedAt(entry.at, offsetOf(entry, arrivalOff))

/** JSON text of the flags, or null for none ([TI2], [FO1]). */
export function flagsOf(entry: Stamped, arrivalOff: number | null, forked: boolean): string | null {
  const flags: Flag[] = []
  if (Math.abs(offsetOf(entry, arrivalOff)) > skewFlaggedAboveMs) flags.push('skew')
  if (forked) flags.push('fork')
  return flags.length > 0 ? JSON.stringify(flags) : null
}
