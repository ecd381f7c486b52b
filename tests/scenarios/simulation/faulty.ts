import { v7 } from 'uuid'
import { pullTables, putCursor, putRows } from '../../../src/client/store/pulled.ts'
import { roundOf } from '../../../src/client/store/segments.ts'
import type { GatepostDb } from '../../../src/client/store/database.ts'
import type { EntryRow } from '../../../src/server/storage/rows.ts'
import type { Storage, Transaction } from '../../../src/server/storage/storage.ts'
import { sound, type Parts } from './run.ts'
import type { VirtualTime } from './virtualTime.ts'
import { replaced } from '../../support/replaced.ts'

/**
 * Mistakes that sync engines have made, each as a part that takes a sound one's place. The simulation has to find
 * every one of them: else its silence about the sound parts would mean nothing.
 */

/** The answer leaves as soon as everything is written, whether or not the commit comes about. */
export const acknowledgesBeforeCommit: Parts = {
  ...sound,
  centre: {
    storage: (real) =>
      replaced<Storage>(real, {
        write: (work) =>
          new Promise((resolve, reject) => {
            const early = async (tx: Transaction) => {
              const result = await work(tx)
              resolve(result)
              return result
            }
            real.write(early).catch(reject)
          }),
      }),
  },
}

/** Order numbers that can be seen before all smaller ones: a row that was read over is never read again. */
export const naiveCursor: Parts = {
  ...sound,
  centre: {
    storage: (real, now) =>
      replaced<Storage>(real, {
        async facts(query) {
          const { logbook, after, limit } = query
          const rows = await real.entries({ logbook, after, limit })
          const committing = new Set(rows.filter((row) => now() - row.received < 5_000).map((row) => row.seq))
          return (await real.facts(query)).filter(({ seq }) => !committing.has(seq))
        },
      }),
  },
}

async function withoutIdempotency(tx: Transaction, rows: readonly EntryRow[]): Promise<void> {
  const [logbooks, ids] = [rows.map((row) => row.logbook), rows.map((row) => row.id)]
  const had = new Set((await tx.entriesById(logbooks, ids)).map((row) => row.id))
  await tx.insertEntries(rows.map((row) => (had.has(row.id) ? { ...row, id: v7() } : row)))
}

/** A page that comes again is new to this centre, and so are its entries. */
export const retriesWithoutIdempotency: Parts = {
  ...sound,
  centre: {
    storage: (real) =>
      replaced<Storage>(real, {
        write: (work) =>
          real.write((tx) =>
            work(
              replaced<Transaction>(tx, {
                pages: async () => [],
                pagesAt: async () => [],
                entriesById: async () => [],
                insertEntries: (rows) => withoutIdempotency(tx, rows),
                insertPages: (rows) => tx.insertPages(rows.map((row) => ({ ...row, hash: v7() }))),
              }),
            ),
          ),
      }),
  },
}

/** The cursor is on disk a moment before the rows that it stands behind. */
export const cursorBeforeRows: Parts = {
  ...sound,
  phone: (time: VirtualTime) => ({
    async storePulled(db: GatepostDb, pulled) {
      const before = await db.cursors.get(pulled.logbook)
      const round = roundOf(before, pulled)
      await db.transaction('rw', pullTables(db), () => putCursor(db, pulled, before, round))
      await new Promise<void>((done) => time.after(1_500, done))
      await db.transaction('rw', pullTables(db), () => putRows(db, pulled, round))
      return true
    },
  }),
}

/** A pull that leaves out everything of one's own: nobody learns whether they have the place that they asked for. */
export const leavesOutOwn: Parts = {
  ...sound,
  centre: {
    storage: (real) =>
      replaced<Storage>(real, {
        facts: ({ without, ...query }) =>
          real.facts(without ? { ...query, without: { ...without, unless: [] } } : query),
      }),
  },
}
