import type { PlaceId } from '../../../domain/ids.ts'
import { kindsIn } from '../../../domain/kinds/index.ts'
import type { EntryRow, LogbookRow, QuarantineRow, RecordRow } from '../../storage/rows.ts'
import type { LogReads } from '../../storage/storage.ts'
import { readLine } from '../reading.ts'
import { isAbout, mentions, touches, type Terms } from './terms.ts'

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
  const versions = new Versions(records, terms)
  const entries: EntryRow[] = []
  for (let after = 0, more = true; more;) {
    const rows = await reads.entries({ logbook: logbook.id, after, limit: chunk })
    const near = rows.filter((row) => touches(bodyOf(row), terms))
    const facts = near.filter(({ record }) => record === null)
    const later = await saidLater(reads, logbook.id, facts)
    for (const row of facts) {
      const said = later.get(row.id) ?? []
      if (isAbout([row, ...said].map(bodyOf), terms)) entries.push(row, ...said)
    }
    for (const row of near) versions.add(row)
    after = rows.at(-1)?.seq ?? after
    more = rows.length === chunk
  }
  entries.push(...versions.about())
  return { logbook, entries: [...new Map(entries.map((row) => [row.seq, row])).values()], records }
}

/** What a fact or a patch says; nothing of an erased one. */
const bodyOf = ({ line, n }: EntryRow): unknown => (line === null ? null : readLine(line, n).entry?.body)

/**
 * The patches that records were made of. One is about somebody where its record is, or was by all of them together: a patch
 * has only what changed, the name say, but not the home.
 */
class Versions {
  readonly #terms: Terms
  /** By record: the words that occur in it, and the patches in which any does. */
  readonly #words = new Map<string, Set<string>>()
  readonly #rows = new Map<string, EntryRow[]>()

  constructor(records: readonly RecordRow[], terms: Terms) {
    this.#terms = terms
    for (const { kind, id } of records) this.#words.set(`${kind} ${id}`, new Set(terms))
  }

  add(row: EntryRow): void {
    if (row.record === null) return
    const name = `${row.kind} ${row.record}`
    const words = this.#words.get(name) ?? new Set()
    for (const term of this.#terms) if (mentions(bodyOf(row), term)) words.add(term)
    this.#words.set(name, words)
    this.#rows.set(name, [...(this.#rows.get(name) ?? []), row])
  }

  about(): EntryRow[] {
    return [...this.#rows].flatMap(([name, rows]) =>
      this.#words.get(name)?.size === new Set(this.#terms).size ? rows : [],
    )
  }
}

/** What was said later about facts, by the fact's id. */
async function saidLater(
  reads: LogReads,
  logbook: string,
  facts: readonly EntryRow[],
): Promise<Map<string, EntryRow[]>> {
  const targets = facts.map(({ id }) => id)
  const corrections = targets.length > 0 ? await reads.corrections(logbook, targets) : []
  if (corrections.length === 0) return new Map()
  const rows = await reads.entriesById(
    [logbook],
    corrections.map(({ entry }) => entry),
  )
  const byTarget = Map.groupBy(corrections, ({ target }) => target)
  return new Map(
    [...byTarget].map(([target, said]) => [
      target,
      rows.filter(({ id }) => said.some(({ entry }) => entry === id)),
    ]),
  )
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
        if (isAbout([row.body, row.lost], terms)) found.push(row)
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
