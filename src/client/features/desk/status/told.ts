import type { InstallInfo, Status } from '../../../sync/calls.ts'
import { isQuiet } from '../people/installs.ts'

const gigabyte = 1e9
const dayMs = 86_400_000
/** A copy that is older than this is no longer much of one. */
const oldCopyMs = 7 * dayMs
/** A disk with less than this left fills up before somebody has looked. */
const leastFree = gigabyte

/** A size in a unit that reads well; `digits`: after the point. */
export function sizeOf(bytes: number): { unit: 'mb' | 'gb'; n: number; digits: number } {
  const [unit, n] = bytes >= gigabyte ? (['gb', bytes / gigabyte] as const) : (['mb', bytes / 1e6] as const)
  return { unit, n, digits: n < 10 ? 1 : 0 }
}

/** A time in a unit that reads well: whole milliseconds, seconds, or minutes from two minutes on. */
export function spanOf(ms: number): { unit: 'ms' | 's' | 'min'; n: number } {
  if (ms < 1000) return { unit: 'ms', n: Math.round(ms) }
  return ms < 120_000 ? { unit: 's', n: Math.round(ms / 1000) } : { unit: 'min', n: Math.round(ms / 60_000) }
}

/** How the last copy stands. `elsewhere`: the database has its own tools, and this server does not hear of them. */
export function copyOf({ storage, time }: Status): 'elsewhere' | 'never' | 'old' | 'fresh' {
  if (storage.kind === 'postgres') return 'elsewhere'
  if (storage.backupAt === null) return 'never'
  return time - storage.backupAt > oldCopyMs ? 'old' : 'fresh'
}

export const isTight = ({ storage: { freeBytes } }: Status): boolean =>
  freeBytes !== null && freeBytes < leastFree

/** Phones that nobody has heard from for a day. */
export const silentOf = (installs: readonly InstallInfo[], now: number): number =>
  installs.filter((install) => isQuiet(install, now)).length
