import type { LogbookId } from '../../domain/ids.ts'
import { parseLogbookId } from '../../domain/logbooks.ts'
import { kindsIn } from '../../domain/kinds/index.ts'
import type { EntryRow, TallyRow } from '../storage/rows.ts'
import type { LogReads, Storage } from '../storage/storage.ts'
import { readLine } from './reading.ts'
import { hourOf, marksOf, Tally } from './tallying.ts'

const chunk = 2000

/** What the entries themselves add up to. Hours in which entries were erased can't be counted again. */
export interface Recount {
  rows: TallyRow[]
  /** Starts of hours, ms, that keep the counts they have. */
  erasedHours: ReadonlySet<number>
}

export async function recount(reads: LogReads, logbook: LogbookId): Promise<Recount> {
  const purpose = parseLogbookId(logbook)?.purpose
  const kinds = purpose ? kindsIn(purpose).flatMap((kind) => (kind.tally ? kind.name : [])) : []
  const [tally, erasedHours] = [new Tally(), new Set<number>()]
  for (let after = 0, more = true; more;) {
    const rows = await reads.entries({ logbook, after, limit: chunk, kinds })
    await countChunk(reads, logbook, rows, tally, erasedHours)
    after = rows.at(-1)?.seq ?? after
    more = rows.length === chunk
  }
  return { rows: tally.rows().filter((row) => !erasedHours.has(row.hour)), erasedHours }
}

async function countChunk(
  reads: LogReads,
  logbook: LogbookId,
  rows: readonly EntryRow[],
  tally: Tally,
  erasedHours: Set<number>,
): Promise<void> {
  const found = await reads.corrections(
    logbook,
    rows.map((row) => row.id),
  )
  const corrections = Map.groupBy(found, (row) => row.target)
  for (const { id, kind, at, line, n, digest } of rows) {
    const entry = line === null || digest !== null ? null : readLine(line, n).entry
    if (!entry) erasedHours.add(hourOf(at))
    else
      for (const mark of marksOf({ logbook, kind, at, body: entry.body }, corrections.get(id) ?? []))
        tally.add(mark, 1)
  }
}

const nameOf = ({ hour, post, metric }: TallyRow): string => `${hour}|${post}|${metric}`

/** Counts that stand in the tables but are not what the entries add up to; empty = they are equal. */
export async function wrongTallies(reads: LogReads, logbook: LogbookId): Promise<TallyRow[]> {
  const { rows, erasedHours } = await recount(reads, logbook)
  const kept = await reads.tallies(logbook, -Infinity, Infinity)
  const difference = new Tally()
  for (const row of kept) if (!erasedHours.has(row.hour)) difference.add(row, 1)
  for (const row of rows) difference.add(row, -1)
  return difference.rows().sort((a, b) => (nameOf(a) < nameOf(b) ? -1 : 1))
}

/** Sets the counts to what the entries add up to. Writers wait meanwhile. */
export async function rebuildTallies(storage: Storage, logbook: LogbookId): Promise<void> {
  await storage.write(async (tx) => {
    await tx.lock([logbook])
    const wrong = await wrongTallies(tx, logbook)
    await tx.addTallies(wrong.map((row) => ({ ...row, n: -row.n })))
  })
}
