import { Dexie } from 'dexie'
import type { LogbookId } from '../../domain/ids.ts'
import type { KnownTo } from './ahead.ts'
import type { GatepostDb } from './database.ts'
import type { Reached } from './digest.ts'

/** Is there a fact of the logbook that was not read when something was kept? */
async function isBehind(db: GatepostDb, logbook: LogbookId, { lastN, lastSeq }: Reached): Promise<boolean> {
  const own = db.own
    .where('n')
    .above(lastN)
    .and((row) => row.logbook === logbook)
  const pulled = db.segments.where('[logbook+to]').between([logbook, lastSeq], [logbook, Dexie.maxKey], false)
  const found = await Promise.all([own.count(), pulled.count()])
  return found.some((count) => count > 0)
}

/** Something that was kept, and up to where the logbook is known with it. */
export interface Kept {
  what: unknown
  known: KnownTo
}

/**
 * What was worked out from all facts of a logbook, and kept. Null unless the phone holds exactly these facts: what is
 * kept is never older than what it was made of.
 */
export const readKept = (db: GatepostDb, logbook: LogbookId): PromiseLike<Kept | null> =>
  db.transaction('r', [db.kept, db.cursors, db.own, db.segments], async () => {
    const [row, cursor] = await Promise.all([db.kept.get(logbook), db.cursors.get(logbook)])
    if (!row || !cursor) return null
    const { epoch, lastSeq } = row.reached
    // While the logbook is pulled afresh the phone holds less than it did.
    if (cursor.epoch !== epoch || cursor.seq < lastSeq) return null
    if (await isBehind(db, logbook, row.reached)) return null
    return { what: row.what, known: { epoch, seq: cursor.seq } }
  })

/** Keeps it, unless the logbook has left the phone meanwhile. */
export const writeKept = (
  db: GatepostDb,
  logbook: LogbookId,
  reached: Reached,
  what: unknown,
  at: number,
): PromiseLike<void> =>
  db.transaction('rw', [db.kept, db.cursors], async () => {
    const cursor = await db.cursors.get(logbook)
    if (cursor?.epoch === reached.epoch) await db.kept.put({ logbook, reached, at, what })
  })
