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
  return n < 10 ? { unit, n, digits: 1 } : { unit, n: Math.round(n), digits: 0 }
}

const units = [
  ['d', dayMs],
  ['h', 3_600_000],
  ['min', 60_000],
  ['s', 1000],
] as const

/** A time in the largest unit of which there are two or more; below a second in whole milliseconds. */
export function spanOf(ms: number): { unit: 'ms' | (typeof units)[number][0]; n: number } {
  const found = units.find(([unit, size]) => ms >= (unit === 's' ? size : 2 * size))
  return found ? { unit: found[0], n: Math.round(ms / found[1]) } : { unit: 'ms', n: Math.round(ms) }
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
