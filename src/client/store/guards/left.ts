import { getMeta, type GatepostDb } from '../database.ts'
import type { CarriedRow } from '../rows.ts'

/** What of a guard who is not at the gate is still on its way. */
export interface Left {
  /** Entries. */
  waiting: number
  /** Parcels that the centre could not take, and entries that no parcel holds: only the guard's own PIN helps. */
  refused: number
}

export const isShut = async (db: GatepostDb): Promise<boolean> => (await db.vault.count()) > 0

const ownParcels = (db: GatepostDb): PromiseLike<CarriedRow[]> =>
  db.carried.filter(({ entries }) => entries !== undefined).toArray()

/** In a transaction, where there is one: over carried and meta. */
export async function leftBehind(db: GatepostDb): Promise<Left> {
  const own = await ownParcels(db)
  const waiting = own.filter(({ state }) => state === 'waiting')
  const stuck = (await getMeta(db, 'stuck'))?.entries ?? 0
  return {
    waiting: waiting.reduce((sum, { entries = 0 }) => sum + entries, 0),
    refused: own.filter(({ state }) => state === 'refused').length + stuck,
  }
}

/** The parcels that were made when the guard left, once the guard is back; none where the data was shut meanwhile. */
export const parcelsBack = (db: GatepostDb): PromiseLike<CarriedRow[]> =>
  db.transaction('r', db.carried, db.vault, async () => ((await isShut(db)) ? [] : ownParcels(db)))

/** These of them are settled, or needless. Nothing goes where the data was shut meanwhile. */
export const dropParcels = (db: GatepostDb, ids: readonly string[]): PromiseLike<void> =>
  db.transaction('rw', db.carried, db.relayed, db.vault, async () => {
    if (await isShut(db)) return
    await db.carried.bulkDelete([...ids])
    await db.relayed.bulkDelete([...ids])
  })

/** Has this guard signed out, or was the database taken away by the browser? */
export const isGone = (db: GatepostDb): PromiseLike<boolean> =>
  db.transaction('r', [db.vault, db.meta, db.carried], async () => {
    if ((await isShut(db)) || (await getMeta(db, 'identity'))) return false
    return (await leftBehind(db)).waiting === 0
  })

/** Takes everything out of a database that stays shut for good. False, and nothing changed, where something is unsent. */
export const emptyShut = (db: GatepostDb): PromiseLike<boolean> =>
  db.transaction('rw', db.tables, async () => {
    const { waiting, refused } = await leftBehind(db)
    if (waiting + refused + (await db.own.count()) > 0 || !(await isShut(db))) return false
    for (const table of db.tables) await table.clear()
    return true
  })
