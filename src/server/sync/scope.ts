import type { Grant } from '../../domain/members.ts'
import { holds, seenAs } from '../../domain/permissions.ts'
import type { Scope, SealKey } from '../../protocol/api.ts'
import { protocolVersion } from '../../protocol/version.ts'
import type { InstallRow } from '../storage/rows.ts'
import type { Reads } from '../storage/storage.ts'
import { newsSince } from './news.ts'

/** Whose scope it is. */
export interface Holder {
  install: InstallRow
  name: string
  grants: readonly Grant[]
  skills?: readonly string[] | undefined
}

/** What an install holds, each logbook with its head ([SC1]), and what came after some cursors of theirs ([SC4]). */
export async function scope(
  reads: Reads,
  { epoch, sealKey }: { epoch: string; sealKey: SealKey },
  holder: Holder,
  now: number,
  cursors: readonly string[] = [],
): Promise<Scope> {
  const { install, name, grants, skills } = holder
  const under = await reads.logbooksUnder([...new Set(grants.map((grant) => grant.place))])
  const held = under.filter((row) => holds(row.id, { grants, path: row.path }))
  const fresh = await reads.install(install.id)
  const news = await newsSince(reads, epoch, { install: install.id, grants }, held, cursors, now)
  return {
    v: protocolVersion,
    epoch,
    sealKey,
    time: now,
    member: install.member,
    community: install.community,
    name,
    grants: [...grants],
    ...(skills ? { skills: [...skills] } : {}),
    logbooks: held.map(({ id, purpose, place, head, path }) => ({
      ...{ id, purpose, place, head },
      seenAs: seenAs({ grants, path }),
    })),
    received: fresh?.received ?? install.received,
    ...(news.length > 0 ? { news } : {}),
  }
}
