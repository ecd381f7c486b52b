import type { BulkReadList } from '../../protocol/api.ts'
import type { BulkAct } from '../storage/rows.ts'
import type { Reads, Storage } from '../storage/storage.ts'
import { mayActAtHome, type Caller } from './caller.ts'
import { membersOf } from './members.ts'
import { done, refused, type Outcome } from './outcome.ts'

/** As many as a person can look through. */
const shownAtOnce = 500

/**
 * Notes that somebody read much at once: who, when, which logbook, how many rows, never what stood in them. What can't be
 * noted is not to be read: throws `StorageUnavailable`. `at`: ms.
 */
export async function noteBulkRead(
  storage: Storage,
  { community, member, install }: Caller,
  act: BulkAct,
  logbook: string,
  rows: number,
  at: number,
): Promise<void> {
  const read = { at, community, install: install.id, member, act, logbook, rows }
  await storage.write((tx) => tx.noteBulkRead(read))
}

/** Who read in bulk in the caller's community, newest first. */
export async function listBulkReads(storage: Reads, caller: Caller): Promise<Outcome<BulkReadList>> {
  if (!(await mayActAtHome(storage, caller, 'bulkReads'))) return refused('not-permitted')
  const members = await membersOf(storage, caller.community)
  const rows = await storage.bulkReads(caller.community, shownAtOnce)
  return done({
    items: rows.map(({ at, member, install, act, logbook, rows: n }) => ({
      ...{ at, member, install, act, logbook, rows: n },
      name: members.get(member)?.name ?? '',
    })),
  })
}
