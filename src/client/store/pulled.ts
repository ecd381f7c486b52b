import { Dexie } from 'dexie'
import * as v from 'valibot'
import type { InstallId, LogbookId } from '../../domain/ids.ts'
import { parseJson } from '../../protocol/page.ts'
import { DocRow, type PullAnswer } from '../../protocol/pull.ts'
import { getMetas, type GatepostDb } from './database.ts'
import type { CursorRow, RecordRow } from './rows.ts'
import { isLive, storeLive } from './pulledLive.ts'
import { cursorAfter, fits, joined, roundOf, segment, tailMaxFacts } from './segments.ts'
import { emptyRecord, isGone, settled } from './views.ts'

export interface Pulled {
  logbook: LogbookId
  /** Who asked: what comes for somebody who was signed out meanwhile is stored for nobody. */
  install: InstallId
  /** By which roles the logbook was seen when it was asked for. */
  seenAs?: string | undefined
  /** The cursor that was asked with; null from the beginning. */
  after: string | null
  answer: PullAnswer
  /** Corrected time, ms. */
  arrivedAt: number
}

const segmentsOf = (db: GatepostDb, logbook: LogbookId) =>
  db.segments.where('[logbook+from]').between([logbook, Dexie.minKey], [logbook, Dexie.maxKey])

async function putFacts(db: GatepostDb, pulled: Pulled) {
  if (pulled.after === null) await segmentsOf(db, pulled.logbook).delete()
  if (pulled.answer.factLines.length === 0) return
  const next = segment(pulled)
  const room = tailMaxFacts - next.count
  const tail = room > 0 ? await smallTail(db, pulled.logbook, room) : undefined
  await db.segments.put(tail && fits(tail, next) ? joined(tail, next) : next)
}

/** The last segment, where it has room: a full one may hold thousands of facts and is not read for nothing. */
async function smallTail(db: GatepostDb, logbook: LogbookId, mostFacts: number) {
  const key = await db.segments
    .where('[logbook+from+count]')
    .between([logbook, Dexie.minKey, Dexie.minKey], [logbook, Dexie.maxKey, Dexie.maxKey])
    .lastKey()
  const [, from, count] = Array.isArray(key) ? key : []
  return typeof from === 'number' && Number(count) <= mostFacts ? db.segments.get([logbook, from]) : undefined
}

function withBase(row: RecordRow, doc: DocRow, round: string): RecordRow {
  // A patch that the centre had put aside, and took after all, is in what now came.
  const patches = row.patches.filter((patch) => patch.code === undefined || (patch.ackSeq ?? 0) >= doc.s)
  const lost = doc.lost ?? []
  return { ...row, seq: doc.s, baseAt: doc.t, base: doc.doc, patches, lost, round }
}

/** Patches that this pull has reached are in the base now, or lost there. */
const confirmed = (row: RecordRow, seq: number): RecordRow => ({
  ...row,
  patches: row.patches.filter((patch) => patch.code !== undefined || (patch.ackSeq ?? Infinity) > seq),
})

async function putDocs(db: GatepostDb, { logbook, after, answer }: Pulled, round: string) {
  const read = answer.docLines.map((line) => v.safeParse(DocRow, parseJson(line)))
  const docs = read.flatMap((doc) => (doc.success ? [doc.output] : []))
  const unread = answer.docLines.filter((_, i) => !read[i]?.success)
  if (after === null) await db.unread.where('logbook').equals(logbook).delete()
  if (unread.length > 0) await db.unread.bulkAdd(unread.map((line) => ({ logbook, line })))
  if (docs.length > 0) {
    const had = await db.records.bulkGet(docs.map((doc): [string, string] => [doc.kind, doc.id]))
    const rows = docs.map((doc, i) => {
      const row = had[i] ?? emptyRecord(doc.kind, doc.id, logbook)
      return settled(confirmed(withBase(row, doc, round), answer.head.seq))
    })
    await db.records.bulkPut(rows)
  }
  await dropConfirmed(db, logbook, answer.head.seq)
}

export async function putAll(db: GatepostDb, rows: readonly RecordRow[]) {
  const gone = rows.filter(isGone).map((row): [string, string] => [row.kind, row.id])
  if (gone.length > 0) await db.records.bulkDelete(gone)
  const kept = rows.filter((row) => !isGone(row))
  if (kept.length > 0) await db.records.bulkPut(kept.map(settled))
}

async function dropConfirmed(db: GatepostDb, logbook: LogbookId, seq: number) {
  const waiting = await db.records.where('waits').equals(logbook).toArray()
  const changed = waiting
    .map((row) => ({ row, next: confirmed(row, seq) }))
    .filter(({ row, next }) => next.patches.length !== row.patches.length)
  await putAll(
    db,
    changed.map(({ next }) => next),
  )
}

/** At the end of a pull from the beginning: documents that it did not bring exist no more at the centre. */
async function dropLeftOver(db: GatepostDb, logbook: LogbookId, round: string) {
  const rows = await db.records
    .where('[logbook+kind]')
    .between([logbook, Dexie.minKey], [logbook, Dexie.maxKey])
    .and((row) => row.round !== round && row.base !== null)
    .toArray()
  await putAll(
    db,
    rows.map((row) => ({ ...row, base: null, seq: 0 })),
  )
}

/** The rows of a pull. To be called in a transaction with `putCursor` ([PL3]). */
export async function putRows(db: GatepostDb, pulled: Pulled, round: string): Promise<void> {
  await Promise.all([putFacts(db, pulled), putDocs(db, pulled, round)])
}

/** The cursor of a pull. */
export async function putCursor(
  db: GatepostDb,
  pulled: Pulled,
  before: CursorRow | undefined,
  round: string,
): Promise<void> {
  await db.cursors.put(cursorAfter(pulled, before, round))
}

export const pullTables = (db: GatepostDb) => [db.segments, db.records, db.unread, db.cursors]

/**
 * Only the beginning of a pull can't tell by its cursor that the phone is somebody else's since it was asked for, sees
 * the logbook by another role, or knows the centre by another epoch.
 */
async function isOutdated(db: GatepostDb, { after, install, logbook, seenAs, answer }: Pulled) {
  if (after !== null) return false
  const { identity, centre } = await getMetas(db, 'identity', 'centre')
  const held = identity?.logbooks.find(({ id }) => id === logbook)
  return identity?.install !== install || held?.seenAs !== seenAs || centre?.epoch !== answer.head.epoch
}

const storeAll = (db: GatepostDb, pulled: Pulled): PromiseLike<boolean> =>
  db.transaction('rw', [...pullTables(db), ...(pulled.after === null ? [db.meta] : [])], async () => {
    const before = await db.cursors.get(pulled.logbook)
    if ((before?.next ?? null) !== pulled.after || (await isOutdated(db, pulled))) return false
    const round = roundOf(before, pulled)
    await Promise.all([putRows(db, pulled, round), putCursor(db, pulled, before, round)])
    const isFirstEnd = !pulled.answer.head.more && before?.complete !== true
    if (isFirstEnd) await dropLeftOver(db, pulled.logbook, round)
    return true
  })

/**
 * Rows and cursor in one transaction ([PL3]). False, and nothing stored, where the cursor is no longer the one
 * that was asked with: another tab was quicker, the logbook starts afresh, or the phone was signed out or sees otherwise.
 */
export const storePulled = async (db: GatepostDb, pulled: Pulled): Promise<boolean> =>
  (isLive(pulled) ? await storeLive(db, pulled) : null) ?? storeAll(db, pulled)
