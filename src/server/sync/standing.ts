import * as v from 'valibot'
import { Member } from '../../domain/kinds/member.ts'
import { logbookId } from '../../domain/logbooks.ts'
import type { Grant } from '../../domain/members.ts'
import { asMember } from '../../domain/permissions.ts'
import type { InstallRow, RecordRow } from '../storage/rows.ts'
import type { LogReads } from '../storage/storage.ts'

/** What an install's member may do, as recorded now. A removed member, or one who is not recorded, has nothing. */
export async function grantsOf(reads: LogReads, install: InstallRow): Promise<readonly Grant[]> {
  const [grants] = await grantsOfAll(reads, [install])
  return grants ?? []
}

/** The same of several, in their order. */
export async function grantsOfAll(
  reads: LogReads,
  installs: readonly InstallRow[],
): Promise<(readonly Grant[])[]> {
  const asked = [...Map.groupBy(installs, ({ community }) => community)].map(([community, group]) => {
    const members = [...new Set(group.filter(({ centre }) => !centre).map(({ member }) => member))]
    return members.length > 0 ? reads.records(logbookId('people', community), 'member', members) : []
  })
  const rows = (await Promise.all(asked)).flat()
  return installs.map((install) => (install.centre ? [] : grantsIn(recordOf(rows, install), install)))
}

const recordOf = (rows: readonly RecordRow[], { community, member }: InstallRow): RecordRow | undefined =>
  rows.find(({ id, logbook }) => id === member && logbook === logbookId('people', community))

function grantsIn(row: RecordRow | undefined, { community }: InstallRow): readonly Grant[] {
  const member = v.safeParse(Member, row?.body)
  return member.success && !member.output.removed ? asMember(member.output.grants, community) : []
}
