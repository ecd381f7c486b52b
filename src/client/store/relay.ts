import type { GatepostDb } from './database.ts'
import { readCounts } from './mine.ts'
import type { CarriedRow, PageRow, RelayedRow } from './rows.ts'

/** More parcels than this are not carried at once. */
export const carriedMost = 200
const dayMs = 86_400_000
/** How long a receipt that nobody fetched, and a handover that was broken off, stay. */
const [backMs, framesMs] = [30 * dayMs, dayMs]

const hasWaiting = (pages: readonly (PageRow | undefined)[]): boolean =>
  pages.some((page) => page !== undefined && page.sent === 0)

/** Own parcels whose pages still wait for a receipt, oldest first; others have become needless and are dropped. */
export const readRelayed = (db: GatepostDb, kid: string): PromiseLike<RelayedRow[]> =>
  db.transaction('rw', db.relayed, db.pages, async () => {
    const rows = await db.relayed.toArray()
    const kept: RelayedRow[] = []
    for (const row of rows) {
      if (row.kid === kid && hasWaiting(await db.pages.bulkGet(row.pages))) kept.push(row)
      else await db.relayed.delete(row.id)
    }
    return kept.sort((a, b) => (a.pages[0] ?? 0) - (b.pages[0] ?? 0))
  })

/** Numbers for the screen: what waits, what of it somebody was given, what this phone carries for others. */
export const readRelay = (db: GatepostDb) =>
  db.transaction('r', [db.relayed, db.pages, db.carried, db.own, db.attention, db.meta], async () => {
    const { logged, received, here } = await readCounts(db)
    const given = (await db.relayed.toArray()).filter((row) => row.handed).flatMap((row) => row.pages)
    const pages = await db.pages.bulkGet([...new Set(given)])
    const handed = pages.reduce((sum, page) => sum + (page && page.sent === 0 ? page.count : 0), 0)
    const carried = await db.carried.toArray()
    const centre = (await db.meta.get('centre'))?.centre
    return {
      ready: centre?.sealKey !== undefined,
      unsent: Math.max(0, logged - received - here),
      handed,
      carried,
    }
  })

export type Kept = 'new' | 'again' | 'full'

/** Keeps a parcel for another phone; once, whoever hands it over how often. */
export const keepCarried = (db: GatepostDb, row: CarriedRow): PromiseLike<Kept> =>
  db.transaction('rw', db.carried, async () => {
    if (await db.carried.get(row.id)) return 'again'
    if ((await db.carried.count()) >= carriedMost) return 'full'
    await db.carried.put(row)
    return 'new'
  })

/** What has waited for its person long enough leaves the phone; a parcel on its way never does. `at`: corrected, ms. */
export const tidyRelay = (db: GatepostDb, at: number): PromiseLike<void> =>
  db.transaction('rw', db.carried, db.frames, async () => {
    await db.frames
      .where('at')
      .below(at - framesMs)
      .delete()
    await db.carried
      .where('state')
      .anyOf('back', 'refused')
      .and((row) => row.at < at - backMs)
      .delete()
  })
