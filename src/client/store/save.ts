import type { Draft, Entry } from '../../domain/entry.ts'
import type { InstallId } from '../../domain/ids.ts'
import { compose, isDocument, ownRow, type Composer } from './compose.ts'
import { DatabaseLeft, DatabaseShut, type GatepostDb } from './database.ts'
import { isGone, emptyRecord, settled } from './views.ts'
import type { OwnRow, RecordRow } from './rows.ts'
import { saveProblem, withReopen } from './trouble.ts'
import { SaveFailed, type Identity } from './types.ts'

/** How far back a repeated attempt looks for what the lost one may have written after all. */
const lookBackRows = 500

/** Those of the entries that an attempt whose answer was lost did not write. */
async function missing(db: GatepostDb, entries: readonly Entry[], attempt: number): Promise<Entry[]> {
  if (attempt === 0) return [...entries]
  const latest = await db.own
    .orderBy('n')
    .reverse()
    .limit(lookBackRows + entries.length)
    .toArray()
  const written = new Set(latest.map((row) => row.id))
  return entries.filter((entry) => !written.has(entry.id))
}

/** What a save has stored, and the rows that it has made: none where an earlier attempt had stored all of it. */
export interface Saved {
  entries: Entry[]
  rows: OwnRow[]
}

/** Facts alone need no more than their rows: one flush. */
async function saveFacts(
  db: GatepostDb,
  install: InstallId,
  entries: readonly Entry[],
  attempt: number,
): Promise<Saved> {
  const rows = (await missing(db, entries, attempt)).map(ownRow)
  if (rows.length === 0) return { entries: [...entries], rows: [] }
  const before = (await db.addOwn(rows, install)) - rows.length
  return { entries: [...entries], rows: rows.map((row, i) => ({ n: before + i + 1, ...row })) }
}

async function patchRecord(db: GatepostDb, entry: Entry, sealed: (entry: Entry) => PromiseLike<number>) {
  const id = entry.record ?? entry.id
  const row: RecordRow =
    (await db.records.get([entry.kind, id])) ?? emptyRecord(entry.kind, id, entry.logbook)
  const seen = { ...entry, seen: row.seq }
  const n = await sealed(seen)
  const patch = { n, at: entry.at + (entry.off ?? 0), body: entry.body }
  const next = settled({ ...row, patches: [...row.patches, patch] })
  if (!isGone(next)) await db.records.put(next)
  return seen
}

const saveMixed = (
  db: GatepostDb,
  install: InstallId,
  entries: readonly Entry[],
  attempt: number,
): PromiseLike<Saved> =>
  db.transaction('rw', db.own, db.records, db.vault, db.keys, async () => {
    if ((await db.vault.count()) > 0) throw new DatabaseShut()
    if ((await db.keys.where('install').equals(install).count()) === 0) throw new DatabaseLeft()
    const wanted = new Set((await missing(db, entries, attempt)).map((entry) => entry.id))
    const saved: Entry[] = []
    const rows: OwnRow[] = []
    const add = async (sealed: Entry) => {
      const row = ownRow(sealed)
      const n = await db.own.add(row)
      rows.push({ n, ...row })
      return n
    }
    for (const entry of entries) {
      if (!wanted.has(entry.id)) saved.push(entry)
      else if (isDocument(entry.kind)) saved.push(await patchRecord(db, entry, add))
      else {
        await add(entry)
        saved.push(entry)
      }
    }
    return { entries: saved, rows }
  })

/**
 * Stores the drafts, all or none. Ids are made once, so that a repeat after a lost connection doubles nothing.
 * @throws SaveFailed
 */
export async function save(
  db: GatepostDb,
  composer: Composer,
  author: Identity | null,
  drafts: readonly Draft[],
): Promise<Saved> {
  if (!author) throw new SaveFailed('not-enrolled')
  const entries = drafts.map((draft) => compose(composer, author, draft))
  const mixed = entries.some((entry) => isDocument(entry.kind))
  try {
    return await withReopen(db, (attempt) =>
      (mixed ? saveMixed : saveFacts)(db, author.install, entries, attempt),
    )
  } catch (cause) {
    throw new SaveFailed(saveProblem(cause), cause)
  }
}
