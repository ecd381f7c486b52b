import { safeParse } from 'valibot'
import type { MemberId, PlaceId } from '../../domain/ids.ts'
import { Member } from '../../domain/kinds/member.ts'
import { logbookId } from '../../domain/logbooks.ts'
import type { RecordRow } from '../storage/rows.ts'
import type { LogReads } from '../storage/storage.ts'

const asMember = (row: RecordRow | null | undefined): Member | null => {
  const body = safeParse(Member, row?.body)
  return body.success ? body.output : null
}

/** A member as recorded, removed or not; null where there is none. */
export async function memberOf(storage: LogReads, community: PlaceId, id: MemberId): Promise<Member | null> {
  return asMember(await storage.record({ logbook: logbookId('people', community), kind: 'member', id }))
}

/** All members of a community by id, removed ones too: their phones and entries still have a name. */
export async function membersOf(storage: LogReads, community: PlaceId): Promise<Map<MemberId, Member>> {
  const found = new Map<MemberId, Member>()
  for (const row of await storage.records(logbookId('people', community), 'member')) {
    const member = asMember(row)
    if (member) found.set(row.id, member)
  }
  return found
}
