import { safeParse } from 'valibot'
import type { MemberId, PlaceId } from '../../domain/ids.ts'
import { Place } from '../../domain/kinds/place.ts'
import { logbookId } from '../../domain/logbooks.ts'
import type { Grant } from '../../domain/members.ts'
import { asMember, mayAct, mayGrant } from '../../domain/permissions.ts'
import { pathOf, type PlaceNode } from '../../domain/places.ts'
import type { InvitationInfo, Invited, InviteRequest, Preview } from '../../protocol/api.ts'
import type { InvitationRow } from '../storage/rows.ts'
import type { LogReads, Reads, Storage } from '../storage/storage.ts'
import { mayActAtHome, type Caller } from './caller.ts'
import { memberOf } from './members.ts'
import { done, refused, type Outcome } from './outcome.ts'
import { hashSecret } from './secrets.ts'

/** Where ids and secrets come from, so that a simulation can repeat itself. */
export interface Chance {
  newId(): string
  newSecret(): string
}

/** What an invitation is for, before it has an id and a secret. */
type Purpose = Pick<InvitationRow, 'setup' | 'member' | 'name' | 'grants' | 'community' | 'createdBy'>

/** Stores an invitation; the secret is in the answer and nowhere else ([EN1]). `now`: ms. */
async function makeInvitation(
  storage: Storage,
  chance: Chance,
  purpose: Purpose,
  now: number,
  minutes: number,
): Promise<Invited> {
  const token = chance.newSecret()
  const made = { id: chance.newId(), created: now, expires: now + minutes * 60_000 }
  const unused = { usedAt: null, thumbprint: null, install: null }
  await storage.write((tx) =>
    tx.insertInvitation({ ...purpose, ...made, ...unused, tokenHash: hashSecret(token) }),
  )
  return { id: made.id, token, expires: made.expires }
}

/**
 * A link for whoever runs the server: without a community it founds one, with one it makes a further coordinator
 * there. Good for a day.
 */
export async function inviteOperator(storage: Storage, chance: Chance, now: number): Promise<Invited> {
  const [community] = await storage.communities()
  const purpose: Purpose = {
    setup: community === undefined,
    member: null,
    name: null,
    grants: community === undefined ? [] : [{ role: 'coordinator', place: community }],
    community: community ?? '',
    createdBy: '',
  }
  return makeInvitation(storage, chance, purpose, now, 24 * 60)
}

/** A coordinator invites; nobody hands out more than `mayGrant` says. */
export async function invite(
  storage: Storage,
  chance: Chance,
  caller: Caller,
  request: InviteRequest,
  now: number,
): Promise<Outcome<Invited>> {
  if (!(await mayHandOut(storage, caller, request.grants))) return refused('not-permitted')
  if (request.member) {
    const member = await memberOf(storage, caller.community, request.member)
    if (!member || member.removed) return refused('not-found')
  }
  const purpose: Purpose = {
    setup: false,
    member: request.member ?? null,
    name: request.name ?? null,
    grants: request.grants,
    community: caller.community,
    createdBy: caller.member,
  }
  return done(await makeInvitation(storage, chance, purpose, now, request.minutes))
}

/** May somebody with these grants in a community invite there, and give so much? */
async function mayHandOut(
  reads: LogReads,
  { community, grants }: Pick<Caller, 'community' | 'grants'>,
  given: readonly Grant[],
): Promise<boolean> {
  const home = await reads.logbook(logbookId('duty', community))
  if (!mayAct('invite', { grants, path: home?.path ?? [] })) return false
  const places = await placesOf(reads, community)
  const known = given.every(({ place }) => pathOf(place, places).includes(community))
  return known && mayGrant(grants, given, (place) => pathOf(place, places))
}

/** An invitation holds as long as its maker may hand out what it gives; an operator's always does. */
export async function isBacked(
  reads: LogReads,
  { community, createdBy, grants }: InvitationRow,
): Promise<boolean> {
  if (!community || !createdBy) return true
  const maker = await memberOf(reads, community, createdBy)
  const mine = maker && !maker.removed ? asMember(maker.grants, community) : []
  return mayHandOut(reads, { community, grants: mine }, grants)
}

/** The place tree of a community, removed places too. A community that was not named yet is its own root. */
async function placesOf(storage: LogReads, community: PlaceId): Promise<Map<PlaceId, PlaceNode>> {
  const places = new Map<PlaceId, PlaceNode>()
  for (const { id, body } of await storage.records(logbookId('duty', community), 'place')) {
    const place = safeParse(Place, body)
    if (place.success) places.set(id, { id, ...place.output })
  }
  return places
}

/** What somebody who holds the secret may know before they use it. */
export async function preview(storage: Reads, token: string, now: number): Promise<Outcome<Preview>> {
  const found = await storage.invitationByHash(hashSecret(token))
  if (!found) return refused('invitation-unknown')
  if (found.usedAt !== null) return refused('invitation-used')
  if (found.expires <= now || !(await isBacked(storage, found))) return refused('invitation-expired')
  const { setup, grants, expires } = found
  const community = found.community ? await communityName(storage, found.community) : ''
  const name = found.name ?? (await nameOf(storage, found.community, found.member))
  return done({ setup, community, grants: [...grants], expires, ...(name ? { name } : {}) })
}

async function communityName(storage: LogReads, community: PlaceId): Promise<string> {
  const key = { logbook: logbookId('duty', community), kind: 'place', id: community }
  const place = safeParse(Place, (await storage.record(key))?.body)
  return place.success ? place.output.name : ''
}

async function nameOf(storage: LogReads, community: PlaceId | '', member: MemberId | null) {
  return member && community ? (await memberOf(storage, community, member))?.name : undefined
}

/** Takes an unused invitation of the caller's community back. */
export async function withdraw(storage: Storage, caller: Caller, id: string): Promise<Outcome<null>> {
  if (!(await mayActAtHome(storage, caller, 'invite'))) return refused('not-permitted')
  return storage.write(async (tx) => {
    const found = await tx.invitation(id)
    if (!found || found.community !== caller.community) return refused('not-found')
    if (found.usedAt !== null) return refused('invitation-used')
    await tx.deleteInvitation(id)
    return done(null)
  })
}

export const invitationInfo = ({ id, name, grants, expires }: InvitationRow): InvitationInfo => ({
  id,
  name,
  grants: [...grants],
  expires,
})
