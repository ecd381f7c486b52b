import { calculateJwkThumbprint } from 'jose'
import type { MemberId, PlaceId } from '../../domain/ids.ts'
import type { Grant } from '../../domain/members.ts'
import type { Enrolled, EnrolRequest, PublicJwk, SealKey } from '../../protocol/api.ts'
import type { InstallRow, InvitationRow } from '../storage/rows.ts'
import type { Pen } from '../sync/pen.ts'
import type { Storage, Transaction } from '../storage/storage.ts'
import { isBacked, type Chance } from './invitations.ts'
import { memberOf } from './members.ts'
import { done, refused, type Outcome } from './outcome.ts'
import { hashSecret } from './secrets.ts'

export interface Enrolment {
  storage: Storage
  pen: Pen
  chance: Chance
  /** What an answer says about the centre. */
  centre: { epoch: string; serverKey: PublicJwk; sealKey: SealKey }
}

/** For so long a set-up link that was used has the right to found the community, ms. */
const foundingMs = 10 * 60_000

/** An invitation that a key has taken. */
interface Bound {
  member: MemberId
  community: PlaceId
  install: string
  setup: boolean
  grants: readonly Grant[]
}

/**
 * Enrols a phone. The first key to come takes the invitation for good; only then members and logbooks are written,
 * each step repeatable, so that the same request again finishes what was cut off and gets the same answer ([EN2]).
 * `now`: ms.
 */
export async function enrol(
  { storage, pen, chance, centre }: Enrolment,
  request: EnrolRequest,
  now: number,
): Promise<Outcome<Enrolled>> {
  const thumbprint = await calculateJwkThumbprint(request.key)
  const bound = await storage.write((tx) => bind(tx, chance, request, thumbprint, now))
  if (!bound.ok) return bound
  const { member, community, install } = bound.value
  // Once the phone is known all was done, and what was taken from its member since stays taken.
  if (!(await storage.install(install))) {
    await writeMember(storage, pen, bound.value, request.name)
    await storage.write(async (tx) => {
      if (!(await tx.install(install)))
        await tx.insertInstall(newInstall({ ...request, member, community, install }, now))
    })
  }
  return done({ install, member, community, ...centre, time: now })
}

async function bind(
  tx: Transaction,
  chance: Chance,
  request: EnrolRequest,
  thumbprint: string,
  now: number,
): Promise<Outcome<Bound>> {
  const found = await tx.invitationByHash(hashSecret(request.token))
  if (!found) return refused('invitation-unknown')
  const { setup, grants } = found
  if (found.usedAt !== null && found.thumbprint !== thumbprint) return refused('invitation-used')
  if (found.usedAt === null && (found.expires <= now || !(await isBacked(tx, found))))
    return refused('invitation-expired')
  if (setup && !(await mayFound(tx, found, now))) return refused('invitation-used')
  if (found.usedAt !== null) return boundBefore(found)
  if (await tx.install(request.install)) return refused('bad-request')
  const taken = { member: found.member ?? chance.newId(), community: found.community || chance.newId() }
  await tx.updateInvitation(found.id, { usedAt: now, thumbprint, install: request.install, ...taken })
  return done({ ...taken, install: request.install, setup, grants })
}

/**
 * Several set-up links may have been printed; the first to be used founds the community, also where two are used at
 * the same moment. One that was cut off before it had founded anything gives way to another after a while.
 */
async function mayFound(
  tx: Transaction,
  { id, community }: Pick<InvitationRow, 'id' | 'community'>,
  now: number,
): Promise<boolean> {
  const founded = await tx.communities()
  if (founded.length > 0) return founded.includes(community)
  const [founder, since] = (await tx.meta('founding'))?.split(' ') ?? []
  if (founder !== undefined && founder !== id && now - Number(since) < foundingMs) return false
  await tx.setMeta('founding', `${id} ${now}`)
  return true
}

function boundBefore({ member, community, install, setup, grants }: InvitationRow): Outcome<Bound> {
  return member && community && install
    ? done({ member, community, install, setup, grants })
    : refused('invitation-used')
}

/** A new member gets the name that the person gave; one who exists keeps their name and gains the grants. */
async function writeMember(storage: Storage, pen: Pen, bound: Bound, name: string): Promise<void> {
  const { community, member, setup } = bound
  if (setup) await pen.openCommunity(community)
  const given: readonly Grant[] = setup ? [{ role: 'coordinator', place: community }] : bound.grants
  const known = await memberOf(storage, community, member)
  if (!known) return pen.writeMember(community, member, { name, grants: [...given] })
  const missing = given.filter(
    ({ role, place }) => !known.grants.some((g) => g.role === role && g.place === place),
  )
  if (missing.length > 0) await pen.writeMember(community, member, { grants: [...known.grants, ...missing] })
}

type NewInstall = Pick<EnrolRequest, 'install' | 'key' | 'device'> & Pick<InstallRow, 'member' | 'community'>

export const newInstall = (
  { install, member, community, key, device }: NewInstall,
  now: number,
): InstallRow => ({
  id: install,
  member,
  community,
  key,
  device,
  enrolled: now,
  lastHeard: now,
  unsent: null,
  received: 0,
  app: null,
  status: 'active',
  renewedTo: null,
  centre: false,
})
