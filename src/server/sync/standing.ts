import * as v from 'valibot'
import { Member } from '../../domain/kinds/member.ts'
import { logbookId } from '../../domain/logbooks.ts'
import type { Grant } from '../../domain/members.ts'
import { asMember } from '../../domain/permissions.ts'
import type { InstallRow } from '../storage/rows.ts'
import type { LogReads } from '../storage/storage.ts'

/** What an install's member may do, as recorded now. A removed member, or one who is not recorded, has nothing. */
export async function grantsOf(reads: LogReads, install: InstallRow): Promise<readonly Grant[]> {
  if (install.centre) return []
  const logbook = logbookId('people', install.community)
  const row = await reads.record({ logbook, kind: 'member', id: install.member })
  const member = v.safeParse(Member, row?.body)
  return member.success && !member.output.removed ? asMember(member.output.grants, install.community) : []
}
