import type { LogbookId, MemberId, PlaceId } from './ids.ts'
import { isUuid } from './ids.ts'
import { kindOf, kindsIn, type AnyKind } from './kinds/index.ts'
import type { View } from './kind.ts'
import { parseLogbookId } from './logbooks.ts'
import { roles, type Grant, type Role } from './members.ts'

/**
 * Who may do what. The server asks these functions on every read and write; the client asks them to decide what
 * to offer. A grant reaches its place and everything below it.
 */

/** A member's grants together with the path (narrowest first) of the place in question. */
export interface Standing {
  grants: readonly Grant[]
  path: readonly PlaceId[]
}

export const rolesAt = ({ grants, path }: Standing): Role[] => [
  ...new Set(grants.filter((grant) => path.includes(grant.place)).map((grant) => grant.role)),
]

/**
 * Whoever holds a grant anywhere in a community is one of its members and keeps its duty logbook (places, posts) as
 * a volunteer does, though the grant be for one compound: a guard must know the gate.
 */
export const asMember = (grants: readonly Grant[], community: PlaceId): readonly Grant[] =>
  grants.length === 0 || grants.some(({ place }) => place === community)
    ? grants
    : [...grants, { role: 'volunteer', place: community }]

export const mayWrite = (kind: AnyKind, standing: Standing): boolean =>
  rolesAt(standing).some((role) => kind.write.includes(role))

/**
 * May somebody (`by`) write this body? Kinds with a `self` field are of oneself, but for the roles in charge and for
 * whom `byCard` tells: the member's own card stands in the body, and holds.
 */
export const mayWriteOf = (
  kind: AnyKind,
  standing: Standing,
  by: MemberId,
  body: Readonly<Record<string, unknown>>,
  byCard = false,
): boolean => {
  const { self } = kind
  if (!self || body[self.field] === by) return true
  return (byCard && self.card !== undefined) || rolesAt(standing).some((role) => self.others.includes(role))
}

/** The widest view of a kind that any role at the place gives; null = none. */
export function viewOf(kind: AnyKind, standing: Standing): View | null {
  const views = rolesAt(standing).map((role) => kind.read[role])
  if (views.includes('full')) return 'full'
  return views.includes('masked') ? 'masked' : null
}

/** Kinds of a logbook that somebody may read, with the view of each. Empty: not even the logbook's existence. */
export function readable(logbook: LogbookId, standing: Standing): ReadonlyMap<string, View> {
  const parts = parseLogbookId(logbook)
  const views = new Map<string, View>()
  for (const kind of parts ? kindsIn(parts.purpose) : []) {
    const view = viewOf(kind, standing)
    if (view) views.set(kind.name, view)
  }
  return views
}

/** The roles by which somebody sees what is at a place, as one word: another one may mean other kinds, other masks. */
export const seenAs = (standing: Standing): string => rolesAt(standing).sort().join(' ')

/** Does an install keep this logbook? Who may read or write any of its kinds does. */
export function holds(logbook: LogbookId, standing: Standing): boolean {
  const parts = parseLogbookId(logbook)
  if (!parts) return false
  return (
    readable(logbook, standing).size > 0 || kindsIn(parts.purpose).some((kind) => mayWrite(kind, standing))
  )
}

/** Acts that are not entries. */
export const acts = [
  'invite',
  'listInstalls',
  'revokeInstall',
  'reviewQuarantine',
  'export',
  'issueCards',
  'status',
  'bulkReads',
] as const
export type Act = (typeof acts)[number]

const actRoles: Record<Act, readonly Role[]> = {
  invite: ['coordinator'],
  listInstalls: ['coordinator', 'supervisor'],
  revokeInstall: ['coordinator'],
  reviewQuarantine: ['coordinator'],
  export: ['coordinator'],
  issueCards: ['coordinator'],
  status: ['coordinator', 'supervisor'],
  bulkReads: ['coordinator'],
}

export const mayAct = (act: Act, standing: Standing): boolean =>
  rolesAt(standing).some((role) => actRoles[act].includes(role))

/**
 * May somebody hand out these grants? Only a coordinator of the place or of one above it. No role at a place sees more
 * than its coordinator does, a supervisor sees less of it. `pathOf` gives a place's path, narrowest first.
 */
export function mayGrant(
  mine: readonly Grant[],
  given: readonly Grant[],
  pathOf: (place: PlaceId) => readonly PlaceId[],
): boolean {
  return given.every((grant) => {
    if (!isUuid(grant.place) || !roles.includes(grant.role)) return false
    return rolesAt({ grants: mine, path: pathOf(grant.place) }).includes('coordinator')
  })
}

/** A kind by name and the view of it, for callers that hold only the name. */
export const viewByName = (kind: string, standing: Standing): View | null => {
  const spec = kindOf(kind)
  return spec ? viewOf(spec, standing) : null
}
