import type { InstallId, MemberId } from '../../../../domain/ids.ts'
import type { InstallInfo } from '../../../sync/calls.ts'

/** When the centre last had everything of somebody's phones, and of single phones, ms. */
export interface Heard {
  members: ReadonlyMap<MemberId, number>
  installs: ReadonlyMap<InstallId, number>
}

/**
 * A phone that still holds entries may change what it was silent about, so it does not count; neither does the phone
 * of whoever looks, which says nothing about a post.
 */
export function heardOf(installs: readonly InstallInfo[], self: MemberId): Heard {
  const members = new Map<MemberId, number>()
  const each = new Map<InstallId, number>()
  for (const { id, member, status, unsent, lastHeard } of installs) {
    if (status !== 'active' || unsent !== 0 || lastHeard === null || member === self) continue
    members.set(member, Math.max(lastHeard, members.get(member) ?? -Infinity))
    each.set(id, lastHeard)
  }
  return { members, installs: each }
}

const isSameMap = <K>(a: ReadonlyMap<K, number>, b: ReadonlyMap<K, number>): boolean =>
  a.size === b.size && [...a].every(([key, at]) => b.get(key) === at)

/** Where nothing new was heard the board stays as it was reckoned. */
export const isSameHeard = (a: Heard, b: Heard): boolean =>
  isSameMap(a.members, b.members) && isSameMap(a.installs, b.installs)

/** The latest of them; null where nothing was heard of any. */
export function latestHeard(
  heard: Heard,
  members: Iterable<MemberId>,
  stations: Iterable<InstallId>,
): number | null {
  let latest = -Infinity
  for (const member of members) latest = Math.max(latest, heard.members.get(member) ?? -Infinity)
  for (const install of stations) latest = Math.max(latest, heard.installs.get(install) ?? -Infinity)
  return Number.isFinite(latest) ? latest : null
}
