import { member as memberKind } from '../../domain/kinds/member.ts'
import { logbookId } from '../../domain/logbooks.ts'
import { maskName } from '../../domain/masks.ts'
import { mayAct, viewByName } from '../../domain/permissions.ts'
import type { InstallInfo, InstallList } from '../../protocol/api.ts'
import type { InstallRow } from '../storage/rows.ts'
import type { Reads, Storage } from '../storage/storage.ts'
import { mayActAtHome, standingAt, type Caller } from './caller.ts'
import { invitationInfo } from './invitations.ts'
import { membersOf } from './members.ts'
import { done, refused, type Outcome } from './outcome.ts'

/** The phones of the caller's community, and the invitations that wait. `now`: ms. */
export async function listInstalls(
  storage: Reads,
  caller: Caller,
  now: number,
): Promise<Outcome<InstallList>> {
  const { community } = caller
  const standing = await standingAt(storage, caller, logbookId('people', community))
  if (!mayAct('listInstalls', standing)) return refused('not-permitted')
  const members = await membersOf(storage, community)
  const shown = viewByName(memberKind.name, standing) === 'full' ? (name: string) => name : maskName
  const installs = (await storage.installsIn(community)).map((row) =>
    info(row, shown(members.get(row.member)?.name ?? '')),
  )
  const open = mayAct('invite', standing) ? await storage.openInvitations(community, now) : []
  return done({ installs, invitations: open.map(invitationInfo) })
}

function info(row: InstallRow, name: string): InstallInfo {
  const { id, member, device, enrolled, lastHeard, unsent, received, app, status, key } = row
  return { id, member, name, device, enrolled, lastHeard, unsent, received, app, status, key }
}

/** Its person signs a phone out: as a revocation ([AU3]), which everyone may ask for their own phone. */
export async function leaveInstall(storage: Storage, { install }: Caller): Promise<void> {
  await storage.write((tx) => tx.updateInstall(install.id, { status: 'revoked' }))
}

/** Takes effect at the phone's next request ([AU3]). Revoking twice is the same as once. */
export async function revokeInstall(storage: Storage, caller: Caller, id: string): Promise<Outcome<null>> {
  if (!(await mayActAtHome(storage, caller, 'revokeInstall'))) return refused('not-permitted')
  return storage.write(async (tx) => {
    const install = await tx.install(id)
    if (!install || install.centre || install.community !== caller.community) return refused('not-found')
    if (install.status !== 'revoked') await tx.updateInstall(id, { status: 'revoked' })
    return done(null)
  })
}
