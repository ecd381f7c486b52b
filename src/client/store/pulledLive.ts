import type { GatepostDb } from './database.ts'
import type { Pulled } from './pulled.ts'
import type { CursorRow, SegmentRow } from './rows.ts'
import { cursorAfter, fits, joined, roundOf, segment, tailMaxFacts } from './segments.ts'

/** Are these a few facts that have just come, and nothing else? */
export const isLive = ({ after, answer: { head, docLines, factLines } }: Pulled): boolean =>
  after !== null &&
  !head.more &&
  docLines.length === 0 &&
  factLines.length > 0 &&
  factLines.length < tailMaxFacts

interface Asked {
  cursor: IDBRequest<CursorRow | undefined>
  /** Key of the last segment: logbook, first order number, facts. A full one may be large and is not read for nothing. */
  tail: IDBRequest<IDBCursor | null>
  /** Patches that this pull may have confirmed. */
  waiting: IDBRequest<number>
}

/** What a pull is stored by, asked for at once: one after another, each would wait for its turn. */
function ask({ keyRange }: GatepostDb, tx: IDBTransaction, logbook: string): Asked {
  const ofLogbook = keyRange.bound([logbook], [logbook, []])
  return {
    cursor: tx.objectStore('cursors').get(logbook),
    tail: tx.objectStore('segments').index('[logbook+from+count]').openKeyCursor(ofLogbook, 'prev'),
    waiting: tx.objectStore('records').index('waits').count(logbook),
  }
}

/** Where the last segment stands, if it has room for the next one. */
function roomyTail({ tail }: Asked, next: SegmentRow): [string, number] | null {
  const key = tail.result?.key
  const [logbook, from, count] = Array.isArray(key) ? key : []
  const hasRoom = typeof count === 'number' && count + next.count <= tailMaxFacts
  return typeof logbook === 'string' && typeof from === 'number' && hasRoom ? [logbook, from] : null
}

/**
 * Stores what `isLive`, rows and cursor in one transaction of the browser's own ([PL3]): what Dexie does around it costs as
 * much again, nobody watches these rows by query, and somebody is looking at the screen. False: another tab was quicker.
 * Null, and nothing stored: documents are concerned as well. It waits for no flush: what a power cut takes, rows and cursor
 * together, is pulled again.
 */
export function storeLive(db: GatepostDb, pulled: Pulled): Promise<boolean | null> {
  return new Promise((resolve, reject) => {
    const tables = ['cursors', 'segments', 'records']
    const tx = db.backendDB().transaction(tables, 'readwrite', { durability: 'relaxed' })
    let stored: boolean | null = true
    const leave = (answer: boolean | null): void => {
      stored = answer
      tx.abort()
    }
    tx.oncomplete = () => resolve(true)
    tx.onabort = () =>
      stored === true ? reject(tx.error ?? new DOMException('', 'AbortError')) : resolve(stored)
    const next = segment(pulled)
    const asked = ask(db, tx, pulled.logbook)
    const put = (row: SegmentRow, before: CursorRow): void => {
      tx.objectStore('segments').put(row)
      tx.objectStore('cursors').put(cursorAfter(pulled, before, roundOf(before, pulled)))
      tx.commit()
    }
    // Answered last.
    asked.waiting.onsuccess = () => {
      const before = asked.cursor.result
      if (before?.next !== pulled.after) return leave(false)
      if (!before.complete || asked.waiting.result > 0) return leave(null)
      const key = roomyTail(asked, next)
      if (!key) return put(next, before)
      const last: IDBRequest<SegmentRow | undefined> = tx.objectStore('segments').get(key)
      last.onsuccess = () =>
        put(last.result && fits(last.result, next) ? joined(last.result, next) : next, before)
    }
  })
}
