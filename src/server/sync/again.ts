import type { LogbookId } from '../../domain/ids.ts'
import type { WirePage } from '../../protocol/page.ts'
import type { EntryReceipt } from '../../protocol/receipt.ts'
import type { OpenAside, PageRow } from '../storage/rows.ts'
import type { Transaction } from '../storage/storage.ts'
import { isSame } from './objections.ts'
import { readLine, type Reading } from './reading.ts'
import { entryName } from './sheet.ts'

/** What is said of a page that came before: its entries, and the logbooks into which some were taken since. */
export interface Now {
  entries: EntryReceipt[]
  since: LogbookId[]
}

/**
 * What is true now of the entries of a page that came before ([PU3]): those that were put aside and taken since are
 * no longer named, the others stand with the code of their last judgement.
 */
export async function entriesNow(
  tx: Transaction,
  { header, lines }: WirePage,
  { install, page, outcome }: PageRow,
): Promise<Now> {
  const readings = outcome.entries
    .filter(({ status }) => status !== 'duplicate')
    .map(({ n }) => readLine(lines[n - header.first] ?? '', n))
  if (readings.length === 0) return { entries: outcome.entries, since: [] }
  const taken = await takenOf(tx, readings)
  const open = await tx.openOf(install, page)
  const entries: EntryReceipt[] = []
  for (const entry of outcome.entries)
    if (!taken.has(entry.n))
      entries.push(await asJudged(tx, entry, lines[entry.n - header.first] ?? '', open))
  return { entries, since: [...new Set(taken.values())] }
}

/** Counters of the entries that are stored by now, word for word, and where. */
async function takenOf(tx: Transaction, readings: readonly Reading[]): Promise<Map<number, LogbookId>> {
  const entries = readings.flatMap(({ entry }) => entry ?? [])
  const known = await tx.entriesById(
    [...new Set(entries.map((e) => e.logbook))],
    entries.map((e) => e.id),
  )
  const rows = new Map(known.map((row) => [entryName(row), row]))
  return new Map(
    readings.flatMap(({ entry, line, n }) => {
      const row = entry ? rows.get(entryName(entry)) : undefined
      return row && isSame(row, line) ? [[n, row.logbook] as const] : []
    }),
  )
}

async function asJudged(
  tx: Transaction,
  entry: EntryReceipt,
  line: string,
  open: readonly OpenAside[],
): Promise<EntryReceipt> {
  if (entry.status === 'duplicate') return entry
  const bytes = Buffer.byteLength(line)
  const rows = open.filter((row) => row.n === entry.n && row.bytes === bytes)
  const row = rows.length > 1 ? await itsOwn(tx, line, rows) : rows[0]
  return row ? { n: entry.n, status: row.held ? 'held' : 'quarantined', code: row.code } : entry
}

/** Of forks one after another is read ([FO1]): their lines may be long. */
async function itsOwn(tx: Transaction, line: string, rows: readonly OpenAside[]) {
  for (const row of rows) if ((await tx.quarantined(row.id))?.line === line) return row
  return undefined
}
