import type { InstallId } from '../../domain/ids.ts'
import type { WirePage } from '../../protocol/page.ts'
import { getMeta, putMeta, type GatepostDb } from './database.ts'
import { firstChain, type AttentionRow, type Chain, type OwnRow, type PageRow } from './rows.ts'

export interface Unsealed {
  install: InstallId
  chain: Chain
  rows: OwnRow[]
}

/** Entries that no page has yet, oldest first; null where the phone is not enrolled. */
export const readUnsealed = (db: GatepostDb, limit: number): PromiseLike<Unsealed | null> =>
  db.transaction('r', db.own, db.meta, async () => {
    const [identity, chain = firstChain] = await Promise.all([getMeta(db, 'identity'), getMeta(db, 'chain')])
    if (!identity) return null
    const rows = await db.own.where('n').above(chain.sealedThrough).limit(limit).toArray()
    return { install: identity.install, chain, rows }
  })

export interface Sealed {
  pages: PageRow[]
  chain: Chain
  /** Entries that no page can hold ([PG2]). */
  tooLarge: AttentionRow[]
}

/**
 * Stores sealed pages and moves the chain on, before anything is sent ([PG5]). False, and nothing stored, where
 * another tab sealed meanwhile or the install changed.
 */
export const storeSealed = (db: GatepostDb, from: Unsealed, sealed: Sealed): PromiseLike<boolean> =>
  db.transaction('rw', db.pages, db.meta, db.attention, async () => {
    const [identity, chain = firstChain] = await Promise.all([getMeta(db, 'identity'), getMeta(db, 'chain')])
    const same = identity?.install === from.install && chain.sealedThrough === from.chain.sealedThrough
    if (!same || chain.p !== from.chain.p) return false
    await db.pages.bulkAdd(sealed.pages)
    if (sealed.tooLarge.length > 0) await db.attention.bulkPut(sealed.tooLarge)
    await putMeta(db, { chain: sealed.chain })
    return true
  })

/** A page with its lines, ready for the wire. */
export type Outgoing = PageRow & Pick<WirePage, 'lines'>

/** Pages without a receipt after local number `afterP`, in order, all of one install ([PU1]). */
export async function readUnsent(db: GatepostDb, afterP: number, limit: number): Promise<Outgoing[]> {
  const unsent = () =>
    db.pages
      .where('sent')
      .equals(0)
      .and((page) => page.p > afterP)
  // Most often there is none: then a tap does not wait for a reader of its table.
  if (!(await unsent().first())) return []
  return db.transaction('r', db.pages, db.own, async () =>
    withLines(db, await unsent().limit(limit).toArray()),
  )
}

/**
 * Pages with entries that need a hand, after local number `afterP`, in order, all of one install: the centre may
 * have taken them since, and says so when they are offered again ([PU3]). A revoked phone offers its last page too:
 * nothing but a receipt tells it of a new epoch ([EP2]).
 */
export const readInQuestion = (db: GatepostDb, afterP: number, limit: number): PromiseLike<Outgoing[]> =>
  db.transaction('r', [db.attention, db.pages, db.own, db.meta], async () => {
    const rows = (await db.attention.toArray()).filter(({ done }) => !done)
    const revoked = (await getMeta(db, 'standing'))?.revoked === true
    const whole = () => db.pages.orderBy('p').filter(({ partial }) => !partial)
    const last = revoked ? await whole().last() : undefined
    const asked = [...rows, ...(last ? [last] : [])]
    const all = new Set(asked.flatMap(({ p }) => (p !== undefined && p > afterP ? [p] : [])))
    const pages = await db.pages.bulkGet([...all].sort((a, b) => a - b).slice(0, limit))
    return withLines(
      db,
      pages.flatMap((page) => (page?.sent ? [page] : [])),
    )
  })

/** The first of these pages that are of one install. */
async function withLines(db: GatepostDb, pages: readonly PageRow[]): Promise<Outgoing[]> {
  const alike = pages.filter((page) => page.install === pages[0]?.install)
  const low = alike[0]?.first ?? 0
  const high = alike.reduce((top, page) => Math.max(top, page.first + page.count), 0)
  const rows = await db.own.where('n').between(low, high).toArray()
  const lines = new Map(rows.map((row) => [row.n, row.line]))
  return alike.map((page) => ({ ...page, lines: linesOf(page, lines) }))
}

const linesOf = ({ first, count }: PageRow, lines: ReadonlyMap<number, string>): string[] =>
  Array.from({ length: count }, (_, i) => lines.get(first + i) ?? '')

/** Local counter up to which everything has its receipt. To be called in a transaction over pages and meta. */
export async function sentThrough(db: GatepostDb): Promise<number> {
  const [waiting, chain = firstChain] = await Promise.all([
    db.pages.where('sent').equals(0).first(),
    getMeta(db, 'chain'),
  ])
  return waiting ? waiting.first - 1 : chain.sealedThrough
}
