import type { MemberId, PlaceId } from '../../domain/ids.ts'
import { logbookId, parseLogbookId } from '../../domain/logbooks.ts'
import type { LogbookId } from '../../domain/ids.ts'
import type { Grant } from '../../domain/members.ts'
import { asMember, mayAct, type Act, type Standing } from '../../domain/permissions.ts'
import type { InstallRow } from '../storage/rows.ts'
import type { LogReads, Reads } from '../storage/storage.ts'
import { memberOf } from './members.ts'
import { done, refused, type Outcome } from './outcome.ts'
import { readToken } from './token.ts'

/** Who calls: an enrolled install with its member's name and grants as they stand now. */
export interface Caller {
  install: InstallRow
  member: MemberId
  name: string
  community: PlaceId
  grants: readonly Grant[]
  /** Of the member, as the coordinator has noted them. */
  skills?: readonly string[] | undefined
}

/**
 * The caller behind a token. Revocation takes effect here, at the next request ([AU3]). A removed member's phone
 * is still known, and holds nothing.
 */
export async function callerOf(
  storage: Reads,
  authorization: string | undefined,
  now: number,
): Promise<Outcome<Caller>> {
  const token = await readToken(authorization, now, (id) => phoneOf(storage, id))
  if (!token.ok) return token
  const { install } = token
  if (install.status === 'revoked') return refused('install-revoked')
  return done(await callerFrom(storage, install))
}

/** The centre's own install belongs to no phone: nobody may speak as it. */
async function phoneOf(storage: Reads, id: string): Promise<InstallRow | null> {
  const install = await storage.install(id)
  return install && !install.centre ? install : null
}

export async function callerFrom(storage: LogReads, install: InstallRow): Promise<Caller> {
  const member = await memberOf(storage, install.community, install.member)
  return {
    install,
    member: install.member,
    name: member?.name ?? '',
    community: install.community,
    skills: member?.skills,
    grants: member && !member.removed ? asMember(member.grants, install.community) : [],
  }
}

/** What a caller is at a logbook's place; a logbook that does not exist gives no standing at all. */
export async function standingAt(storage: LogReads, caller: Caller, logbook: LogbookId): Promise<Standing> {
  const row = parseLogbookId(logbook) ? await storage.logbook(logbook) : null
  return { grants: caller.grants, path: row?.path ?? [] }
}

/** May the caller do this in their own community? */
export async function mayActAtHome(storage: LogReads, caller: Caller, act: Act): Promise<boolean> {
  return mayAct(act, await standingAt(storage, caller, logbookId('duty', caller.community)))
}
