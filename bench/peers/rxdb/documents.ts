import path from 'node:path'
import type { GateEntry } from '../../lib/gate/entries.ts'
import { inTransaction, numberOf, openSqlite, textOf } from '../../lib/sqlite.ts'

export type Row = GateEntry & { _deleted: boolean }

/** One row of RxDB's push: what the client wants, and what it took the server to have. */
export interface Change {
  newDocumentState: Row
  assumedMasterState?: Row
}

const schema =
  'CREATE TABLE IF NOT EXISTS docs(seq INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, body TEXT NOT NULL)'

/** RxDB has no free durable storage for Node, hence a hand-written one. */
export function openDocuments(dir: string) {
  const db = openSqlite(path.join(dir, 'rx.db'), schema)
  const get = db.prepare('SELECT body FROM docs WHERE id = ?')
  const put = db.prepare('INSERT OR REPLACE INTO docs(id, body) VALUES (?, ?)')
  const select = db.prepare('SELECT seq, body FROM docs WHERE seq > ? ORDER BY seq LIMIT ?')

  /** The row that stands in the way of a change, if any. */
  const conflict = (change: Change): Row | null => {
    const row = get.get(change.newDocumentState.id)
    if (!row) return null
    const current: Row = JSON.parse(textOf(row['body']))
    const assumed = change.assumedMasterState
    return assumed && JSON.stringify(current) === JSON.stringify(assumed) ? null : current
  }
  return {
    push: (changes: readonly Change[]) =>
      inTransaction(db, () => {
        const conflicts: Row[] = []
        const stored: Row[] = []
        let seq = 0
        for (const change of changes) {
          const other = conflict(change)
          if (other) {
            conflicts.push(other)
            continue
          }
          const state = change.newDocumentState
          seq = Number(put.run(state.id, JSON.stringify(state)).lastInsertRowid)
          stored.push(state)
        }
        return { conflicts, stored, seq }
      }),
    pull: (after: number, limit: number) => {
      const rows = select.all(after, limit)
      const documents: Row[] = rows.map((row) => JSON.parse(textOf(row['body'])))
      return { documents, checkpoint: { seq: numberOf(rows.at(-1)?.['seq'] ?? after) } }
    },
    count: () => numberOf(db.prepare('SELECT count(*) AS n FROM docs').get()?.['n']),
    close: () => db.close(),
  }
}
