import { Dexie } from 'dexie'
import type { LogbookId } from '../../domain/ids.ts'
import type { KnownTo } from './ahead.ts'
import type { GatepostDb } from './database.ts'
import type { Reached } from './digest.ts'
import type { CursorRow, KeptRow } from './rows.ts'

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

/**
 * Keeps it, unless the logbook has left the phone meanwhile. In a transaction of the browser's own that waits for no flush: it
 * is a megabyte, can be worked out again, and what arrives waits for it.
 */
export function writeKept(db: GatepostDb, row: KeptRow): Promise<void> {
  return new Promise((resolve, reject) => {
    const tx = db.backendDB().transaction(['kept', 'cursors'], 'readwrite', { durability: 'relaxed' })
    tx.oncomplete = () => resolve()
    tx.onabort = () => reject(tx.error ?? new DOMException('', 'AbortError'))
    const cursor: IDBRequest<CursorRow | undefined> = tx.objectStore('cursors').get(row.logbook)
    cursor.onsuccess = () => {
      if (cursor.result?.epoch === row.reached.epoch) tx.objectStore('kept').put(row)
      tx.commit()
    }
  })
}
