import type { InstallId } from '../../domain/ids.ts'
import { getMeta, getMetas, putMeta, type GatepostDb } from './database.ts'
import { putAll } from './pulled.ts'
import { sentThrough } from './pages.ts'
import { firstChain, type Chain, type MetaValues, type Patch } from './rows.ts'

/**
 * A new epoch: the centre was restored from a backup. Every page still held is offered again, every logbook pulled
 * afresh ([EP2]). False where the epoch is the known one.
 */
export const turnEpoch = (db: GatepostDb, epoch: string): PromiseLike<boolean> =>
  db.transaction('rw', [db.meta, db.pages, db.cursors, db.records], async () => {
    const centre = await getMeta(db, 'centre')
    if (!centre || centre.epoch === epoch) return false
    await putMeta(db, { centre: { ...centre, epoch } })
    await offerAgain(db)
    await db.cursors.clear()
    return true
  })

/** Marks every whole page as unsent. Patches wait for new receipts; those whose page is gone are dropped. */
async function offerAgain(db: GatepostDb) {
  await db.pages
    .where('sent')
    .equals(1)
    .and(({ partial }) => !partial)
    .modify({ sent: 0, sentAt: 0 })
  const through = await sentThrough(db)
  await putMeta(db, { sent: { through } })
  const waiting = await db.records.where('waits').above('').toArray()
  const unacked = ({ ackSeq: _ackSeq, ...patch }: Patch): Patch => patch
  await putAll(
    db,
    waiting.map((row) => ({ ...row, patches: row.patches.filter(({ n }) => n > through).map(unacked) })),
  )
}

/** A chain that starts again at 1 for what comes after local counter `through`. */
const restarted = (through: number, p: number): Chain => ({
  sealedThrough: through,
  p,
  prev: '',
  counterBase: through,
  pageBase: p,
})

export interface Arrival {
  identity: MetaValues['identity']
  centre: MetaValues['centre']
  standing: MetaValues['standing']
  /**
   * What becomes of entries without a receipt. `reseal`: pages are made anew under the new install (a renewal).
   * `keep`: pages stay as the old install sealed them; whoever carries them, they prove themselves.
   * `all`: everything held is sealed anew (the centre never heard of the old install).
   */
  unsent: 'reseal' | 'keep' | 'all'
  /** In a renewal: the install whose place it takes. */
  instead?: InstallId
}

/**
 * The phone becomes another install, in one transaction. With `keep` everything must have been sealed before. False, and
 * nothing changed, where it is no longer the one that was to be renewed: it was signed out meanwhile, or its guard was locked.
 */
export const become = (db: GatepostDb, arrival: Arrival): PromiseLike<boolean> =>
  db.transaction('rw', [db.meta, db.pages, db.own, db.cursors, db.records], async () => {
    const { centre, identity, chain = firstChain } = await getMetas(db, 'centre', 'identity', 'chain')
    if (arrival.instead !== undefined && identity?.install !== arrival.instead) return false
    // Restored since: the epoch will be the known one, and nobody else would offer what it lacks.
    if (centre && centre.epoch !== arrival.centre.epoch) await offerAgain(db)
    const sent = await getMeta(db, 'sent')
    const through = await keptThrough(db, arrival.unsent, chain, sent?.through ?? 0)
    if (arrival.unsent === 'reseal')
      await db.pages
        .where('sent')
        .equals(0)
        .and(({ first }) => first > through)
        .delete()
    if (arrival.unsent === 'all') await db.pages.clear()
    await putMeta(db, {
      identity: arrival.identity,
      centre: arrival.centre,
      standing: arrival.standing,
      chain: restarted(through, chain.p),
    })
    await putMeta(db, { sent: { through: await sentThrough(db) } })
    await db.meta.bulkDelete(['enrolling', 'renewing'])
    await db.cursors.clear()
    return true
  })

/** Local counter after which entries are sealed by the new install. */
async function keptThrough(db: GatepostDb, unsent: Arrival['unsent'], chain: Chain, through: number) {
  if (unsent === 'keep') return chain.sealedThrough
  // What an install before it has sealed is that one's, and perhaps another person's.
  if (unsent === 'reseal') return Math.max(through, chain.counterBase)
  const first = await db.own.orderBy('n').first()
  return first ? first.n - 1 : chain.sealedThrough
}
