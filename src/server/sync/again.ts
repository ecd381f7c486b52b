import type { WirePage } from '../../protocol/page.ts'
import type { EntryReceipt } from '../../protocol/receipt.ts'
import type { PageRow, QuarantineRow } from '../storage/rows.ts'
import type { Transaction } from '../storage/storage.ts'
import { isSame } from './objections.ts'
import { readLine, type Reading } from './reading.ts'
import { entryName } from './sheet.ts'

/**
 * What is true now of the entries of a page that came before ([PU3]): those that were put aside and taken since are
 * no longer named, the others stand with the code of their last judgement.
 */
export async function entriesNow(
  tx: Transaction,
  { header, lines }: WirePage,
  { install, page, outcome }: PageRow,
): Promise<EntryReceipt[]> {
  const readings = outcome.entries
    .filter(({ status }) => status !== 'duplicate')
    .map(({ n }) => readLine(lines[n - header.first] ?? '', n))
  if (readings.length === 0) return outcome.entries
  const taken = await takenOf(tx, readings)
  const open = (await tx.quarantineOf(install)).filter((row) => row.page === page && row.status === 'open')
  return outcome.entries.filter(({ n }) => !taken.has(n)).map((entry) => asJudged(entry, readings, open))
}

/** Counters of the entries that are stored by now, word for word. */
async function takenOf(tx: Transaction, readings: readonly Reading[]): Promise<Set<number>> {
  const entries = readings.flatMap(({ entry }) => entry ?? [])
  const known = await tx.entriesById(
    [...new Set(entries.map((e) => e.logbook))],
    entries.map((e) => e.id),
  )
  const rows = new Map(known.map((row) => [entryName(row), row]))
  return new Set(
    readings.flatMap(({ entry, line, n }) => {
      const row = entry ? rows.get(entryName(entry)) : undefined
      return row && isSame(row, line) ? [n] : []
    }),
  )
}

function asJudged(
  entry: EntryReceipt,
  readings: readonly Reading[],
  open: readonly QuarantineRow[],
): EntryReceipt {
  const line = readings.find(({ n }) => n === entry.n)?.line
  const row = open.find((one) => one.n === entry.n && one.line === line)
  return row ? { n: entry.n, status: row.held ? 'held' : 'quarantined', code: row.code } : entry
}
