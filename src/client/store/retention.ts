import { Dexie } from 'dexie'
import type { LogbookId } from '../../domain/ids.ts'
import { kindNames, kindOf, kindsIn } from '../../domain/kinds/index.ts'
import { parseLogbookId } from '../../domain/logbooks.ts'
import { getMeta, type GatepostDb } from './database.ts'
import { pulledFact } from './factRows.ts'
import { putAll } from './pulled.ts'
import type { SegmentRow } from './rows.ts'

const dayMs = 86_400_000

/** Sent entries are held this long, so that a restored centre can be told again. */
export const ownKeptDays = 30

/** Without contact for this long, pulled personal data leaves the phone. */
export const leaseDays = 7

const factDays = kindNames
  .map((name) => kindOf(name))
  .filter((kind) => kind?.nature === 'fact')
  .map((kind) => kind?.keptDays.phone ?? 0)
const leastDays = Math.min(...factDays)

/** Pages, and their entries, whose receipt is older than `ownKeptDays`. What needs a hand stays. */
export const purgeOwn = (db: GatepostDb, correctedNow: number): PromiseLike<void> =>
  db.transaction('rw', [db.pages, db.own, db.attention], async () => {
    const old = await db.pages
      .where('sentAt')
      .between(1, correctedNow - ownKeptDays * dayMs)
      .toArray()
    const open = new Set((await db.attention.toArray()).filter((row) => !row.done).map((row) => row.n))
    for (const { p, first, count } of old) {
      const numbers = Array.from({ length: count }, (_, i) => first + i).filter((n) => !open.has(n))
      await db.own.bulkDelete(numbers)
      await db.pages.delete(p)
    }
  })

/** A kind that this version does not know is kept as long as the longest it knows. */
const daysOf = (kind: string): number => kindOf(kind)?.keptDays.phone ?? Math.max(...factDays)

function trimmed(row: SegmentRow, correctedNow: number): SegmentRow | null {
  const ageDays = (correctedNow - row.arrivedAt) / dayMs
  const lines = row.text.split('\n').filter((line) => ageDays <= daysOf(pulledFact(line)?.kind ?? ''))
  if (lines.length === 0) return null
  // Its place in the order stays as it was: followers know how far they have read.
  return { ...row, count: lines.length, text: lines.join('\n') }
}

/** Pulled facts past their kind's days on a phone, counted from arrival. */
export const purgePulled = (db: GatepostDb, correctedNow: number): PromiseLike<void> =>
  db.transaction('rw', db.segments, async () => {
    const old = await db.segments
      .where('arrivedAt')
      .below(correctedNow - leastDays * dayMs)
      .toArray()
    for (const row of old) {
      const kept = trimmed(row, correctedNow)
      if (!kept) await db.segments.delete([row.logbook, row.from])
      else if (kept.count !== row.count) await db.segments.put(kept)
    }
  })

/** Takes everything pulled of a logbook off the phone. Own patches stay until they were sent. */
export async function forgetLogbook(db: GatepostDb, logbook: LogbookId): Promise<void> {
  await db.segments.where('[logbook+from]').between([logbook, Dexie.minKey], [logbook, Dexie.maxKey]).delete()
  await db.cursors.delete(logbook)
  await db.unread.where('logbook').equals(logbook).delete()
  const rows = await db.records
    .where('[logbook+kind]')
    .between([logbook, Dexie.minKey], [logbook, Dexie.maxKey])
    .toArray()
  await putAll(
    db,
    rows.map((row) => ({ ...row, base: null, seq: 0, lost: [] })),
  )
}

export const forgetTables = (db: GatepostDb) => [db.segments, db.cursors, db.unread, db.records]

export async function heldLogbooks(db: GatepostDb): Promise<Set<LogbookId>> {
  const cursors = await db.cursors.toCollection().primaryKeys()
  const segments = await db.segments.orderBy('[logbook+from]').keys()
  const held = new Set(cursors)
  for (const key of segments) if (Array.isArray(key)) held.add(String(key[0]))
  return held
}

/** Is there anything in such a logbook that names people? */
export function isPersonal(logbook: LogbookId): boolean {
  const parts = parseLogbookId(logbook)
  return !parts || kindsIn(parts.purpose).some((kind) => kind.mask !== undefined)
}

/**
 * Takes pulled data off the phone: all of it when revoked ([AU3]), what names people when the lease is over.
 * Gives the logbooks that were touched.
 */
export const forgetPulled = (db: GatepostDb, which: 'all' | 'personal'): PromiseLike<LogbookId[]> =>
  db.transaction('rw', forgetTables(db), async () => {
    const logbooks = [...(await heldLogbooks(db))].filter((id) => which === 'all' || isPersonal(id))
    for (const logbook of logbooks) await forgetLogbook(db, logbook)
    return logbooks
  })

/** Logbooks that the scope no longer names and nothing unsent waits for ([SC2]); they are taken off the phone. */
export const forgetGone = (db: GatepostDb, scope: readonly LogbookId[]): PromiseLike<LogbookId[]> =>
  db.transaction('rw', [...forgetTables(db), db.own, db.meta], async () => {
    const gone = [...(await heldLogbooks(db))].filter((id) => !scope.includes(id))
    if (gone.length === 0) return []
    const through = (await getMeta(db, 'sent'))?.through ?? 0
    const waiting = new Set((await db.own.where('n').above(through).toArray()).map((row) => row.logbook))
    const done = gone.filter((id) => !waiting.has(id))
    for (const logbook of done) await forgetLogbook(db, logbook)
    return done
  })
