import type { Draft, Entry } from '../../domain/entry.ts'
import { compose, isDocument, ownRow, type Composer } from './compose.ts'
import type { GatepostDb } from './database.ts'
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

const inBulk = (db: GatepostDb, rows: Omit<OwnRow, 'n'>[]): PromiseLike<number> =>
  db.transaction('rw', db.own, () => db.own.bulkAdd(rows))

/** What a save has stored; `n`: the last local counter, 0 where an earlier attempt had stored all of it. */
export interface Saved {
  entries: Entry[]
  n: number
}

/** Facts alone need no more than their rows: one put, one flush. */
async function saveFacts(db: GatepostDb, entries: readonly Entry[], attempt: number): Promise<Saved> {
  const rows = (await missing(db, entries, attempt)).map(ownRow)
  const [only] = rows
  if (!only) return { entries: [...entries], n: 0 }
  // Inside a transaction a bulk is all or nothing.
  const add = () => (rows.length === 1 ? db.own.add(only) : inBulk(db, rows))
  return { entries: [...entries], n: await add() }
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

const saveMixed = (db: GatepostDb, entries: readonly Entry[], attempt: number): PromiseLike<Saved> =>
  db.transaction('rw', db.own, db.records, async () => {
    const wanted = new Set((await missing(db, entries, attempt)).map((entry) => entry.id))
    const saved: Entry[] = []
    let n = 0
    const add = async (sealed: Entry) => (n = await db.own.add(ownRow(sealed)))
    for (const entry of entries) {
      if (!wanted.has(entry.id)) saved.push(entry)
      else if (isDocument(entry.kind)) saved.push(await patchRecord(db, entry, add))
      else {
        await add(entry)
        saved.push(entry)
      }
    }
    return { entries: saved, n }
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
    return await withReopen(db, (attempt) => (mixed ? saveMixed : saveFacts)(db, entries, attempt))
  } catch (cause) {
    throw new SaveFailed(saveProblem(cause), cause)
  }
}
