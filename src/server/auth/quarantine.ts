import type { QuarantineItem, QuarantineList } from '../../protocol/api.ts'
import type { QuarantineRow } from '../storage/rows.ts'
import type { Reads } from '../storage/storage.ts'
import { mayActAtHome, type Caller } from './caller.ts'
import { membersOf } from './members.ts'
import { done, refused, type Outcome } from './outcome.ts'

/** As many as a person can look through; the rest comes as these are decided. */
const shownAtOnce = 500

/** Enough to see what it is: a line may have megabytes, all of which stays here to be judged again. */
const shownBytes = 16_000

/** What the centre could not take from phones of the caller's community, newest first ([PU6]). */
export async function listQuarantine(storage: Reads, caller: Caller): Promise<Outcome<QuarantineList>> {
  if (!(await mayActAtHome(storage, caller, 'reviewQuarantine'))) return refused('not-permitted')
  const members = await membersOf(storage, caller.community)
  const rows = await storage.quarantineIn(caller.community, shownAtOnce, 'open', shownBytes)
  return done({ items: rows.map((row) => item(row, members.get(row.member)?.name ?? '')) })
}

const item = (
  { id, install, n, code, received, line, status }: QuarantineRow,
  name: string,
): QuarantineItem => ({
  id,
  install,
  name,
  n,
  code,
  received,
  line,
  status,
})
