import type { PlaceId } from '../../../domain/ids.ts'
import { kindsIn } from '../../../domain/kinds/index.ts'
import type { EntryRow, LogbookRow, QuarantineRow, RecordRow } from '../../storage/rows.ts'
import type { LogReads } from '../../storage/storage.ts'
import { readLine } from '../reading.ts'
import { isAbout, touches, type Terms } from './terms.ts'

const chunk = 1000

/** What one logbook has about somebody. */
export interface FoundIn {
  logbook: LogbookRow
  /** Facts about them, what was said about these later, and what records about them were made of. */
  entries: EntryRow[]
  records: RecordRow[]
}

/** All logbooks of the centre. */
export const logbooksOf = async (reads: LogReads): Promise<LogbookRow[]> =>
  reads.logbooksUnder(await reads.communities())

export async function findIn(reads: LogReads, logbook: LogbookRow, terms: Terms): Promise<FoundIn> {
  const records = await recordsAbout(reads, logbook, terms)
  const about = new Set(records.map(({ kind, id }) => `${kind} ${id}`))
  const entries: EntryRow[] = []
  for (let after = 0, more = true; more;) {
    const rows = await reads.entries({ logbook: logbook.id, after, limit: chunk })
    const found = rows.filter((row) => isFound(row, terms, about))
    entries.push(...found, ...(await saidLater(reads, logbook.id, found)))
    after = rows.at(-1)?.seq ?? after
    more = rows.length === chunk
  }
  return { logbook, entries: [...new Map(entries.map((row) => [row.seq, row])).values()], records }
}

function isFound({ line, n, kind, record }: EntryRow, terms: Terms, about: ReadonlySet<string>): boolean {
  const body = line === null ? undefined : readLine(line, n).entry?.body
  if (!body) return false
  return isAbout(body, terms) || (record !== null && about.has(`${kind} ${record}`) && touches(body, terms))
}

async function saidLater(reads: LogReads, logbook: string, facts: readonly EntryRow[]): Promise<EntryRow[]> {
  const targets = facts.flatMap(({ id, record }) => (record === null ? id : []))
  const corrections = targets.length > 0 ? await reads.corrections(logbook, targets) : []
  return corrections.length > 0
    ? reads.entriesById(
        [logbook],
        corrections.map(({ entry }) => entry),
      )
    : []
}

async function recordsAbout(
  reads: LogReads,
  { id, purpose }: LogbookRow,
  terms: Terms,
): Promise<RecordRow[]> {
  const found: RecordRow[] = []
  for (const { name, nature } of kindsIn(purpose))
    if (nature === 'document')
      for (const row of await reads.records(id, name))
        if (isAbout(row.body, terms) || isAbout(row.lost, terms)) found.push(row)
  return found
}

/** Put aside by phones of these communities; what can't be read is looked through as text. */
export async function asideAbout(
  reads: LogReads,
  communities: readonly PlaceId[],
  terms: Terms,
): Promise<QuarantineRow[]> {
  const found: QuarantineRow[] = []
  for (const community of communities)
    for (const row of await reads.quarantineIn(community, Number.MAX_SAFE_INTEGER)) {
      const body = readLine(row.line, row.n).entry?.body
      if (body ? isAbout(body, terms) : terms.every((term) => row.line.includes(term))) found.push(row)
    }
  return found
}
