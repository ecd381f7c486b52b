import { getMeta, putMeta, type GatepostDb } from './database.ts'
import { firstChain } from './rows.ts'

/** Is there an entry that only this phone has? A vault may have one: this tab is not the one that shut it. */
export const hasUnsent = (db: GatepostDb): PromiseLike<boolean> =>
  db.transaction('r', [db.own, db.attention, db.meta, db.vault, db.carried], async () => {
    // Read here, since the code for several guards is not among what comes before every screen.
    const parcels = db.carried.filter(({ entries, state }) => entries !== undefined && state === 'waiting')
    if ((await db.vault.count()) + (await parcels.count()) > 0) return true
    const last = await db.own.orderBy('n').lastKey()
    const through = (await getMeta(db, 'sent'))?.through ?? 0
    const here = (await db.attention.toArray()).some((row) => row.here && !row.done)
    return here || (typeof last === 'number' && last > through)
  })

/**
 * Takes everything off the phone, in one transaction. False, and nothing was taken, where an entry is unsent. The
 * counter goes on: only the database could set it back.
 */
export const wipe = (db: GatepostDb): PromiseLike<boolean> =>
  db.transaction('rw', db.tables, async () => {
    if (await hasUnsent(db)) return false
    const { sealedThrough, p } = (await getMeta(db, 'chain')) ?? firstChain
    for (const table of db.tables) await table.clear()
    await putMeta(db, {
      chain: { sealedThrough, p, prev: '', counterBase: sealedThrough, pageBase: p },
      sent: { through: sealedThrough },
    })
    return true
  })
