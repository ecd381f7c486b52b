import type { InstallInfo } from '../../../sync/calls.ts'

/** A phone that may have something to say and has not been heard from for so long. */
export const quietAfterMs = 24 * 3_600_000

/** Is somebody waiting for this phone? Revoked and renewed ones are done. */
export const isQuiet = (install: InstallInfo, now: number): boolean =>
  install.status === 'active' && now - (install.lastHeard ?? install.enrolled) > quietAfterMs

const rank = (install: InstallInfo): number => ['active', 'renewed', 'revoked'].indexOf(install.status)

/** In use before done; the longest silent first. */
export const byNeed = (a: InstallInfo, b: InstallInfo): number =>
  rank(a) - rank(b) || (a.lastHeard ?? 0) - (b.lastHeard ?? 0)

/**
 * When the phones of these authors last spoke to the centre with nothing left unsent, ms; null = never or not
 * known. A phone that still holds entries may still change the hours that it was silent in.
 */
export function heardFrom(installs: readonly InstallInfo[], authors: ReadonlySet<string>): number | null {
  const heard = installs.flatMap((i) =>
    i.status === 'active' && authors.has(i.member) && i.unsent === 0 && i.lastHeard !== null
      ? [i.lastHeard]
      : [],
  )
  return heard.length > 0 ? Math.max(...heard) : null
}
