import type { LogbookId } from '../../domain/ids.ts'
import type { EntryReceipt, PageReceipt, Receipt } from '../../protocol/receipt.ts'
import { putMeta, type GatepostDb } from './database.ts'
import { sentThrough } from './pages.ts'
import type { AttentionRow, PageRow, Patch, RecordRow } from './rows.ts'
import { settled } from './views.ts'

export interface Settled {
  /** Pages that the receipt named. */
  pages: number
  /** Logbooks with own documents in these pages: a pull brings what they add up to. */
  documents: ReadonlySet<LogbookId>
  /** The centre has another page of this number: the install renews ([FO2]). */
  forked: boolean
}

interface Acknowledged {
  page: PageRow
  said: PageReceipt
}

/** A receipt's entry speaks of the install's counter; the page knows how far that is from the local one. */
const localOf = (page: PageRow, wireFirst: number, n: number): number => page.first + (n - wireFirst)

const wireFirstOf = (page: PageRow): number => {
  const header: unknown = JSON.parse(page.headerLine)
  const first = typeof header === 'object' && header !== null && 'first' in header ? header.first : 0
  return typeof first === 'number' ? first : 0
}

/** What the centre put aside, and in which page. */
interface Aside {
  code: string
  held: boolean
  p: number
}

const asideOf = ({ code = 'invalid', status }: EntryReceipt, { p }: PageRow): Aside => ({
  code,
  held: status === 'held',
  p,
})

/** Local counters that the centre put aside. */
function putAside({ page, said }: Acknowledged): [number, Aside][] {
  const wireFirst = said.entries.length > 0 ? wireFirstOf(page) : 0
  return said.entries
    .filter((entry) => entry.status !== 'duplicate')
    .map((entry) => [localOf(page, wireFirst, entry.n), asideOf(entry, page)])
}

const isIn = (named: readonly Acknowledged[], n: number): boolean =>
  named.some(({ page }) => n >= page.first && n < page.first + page.count)

/** What needed a hand and stands aside no longer: the centre took it since ([PU7]). Gives the rows that stay. */
async function dropTaken(
  db: GatepostDb,
  named: readonly Acknowledged[],
  aside: ReadonlyMap<number, Aside>,
): Promise<Map<number, AttentionRow>> {
  const low = Math.min(...named.map(({ page }) => page.first))
  const high = Math.max(...named.map(({ page }) => page.first + page.count))
  const before = await db.attention.where('n').between(low, high).toArray()
  const isTaken = ({ n, done, here }: AttentionRow) => !done && !here && !aside.has(n) && isIn(named, n)
  const taken = before.filter(isTaken).map(({ n }) => n)
  if (taken.length > 0) await db.attention.bulkDelete(taken)
  return new Map(before.filter((row) => !isTaken(row)).map((row) => [row.n, row]))
}

async function putAttention(
  db: GatepostDb,
  had: ReadonlyMap<number, AttentionRow>,
  aside: ReadonlyMap<number, Aside>,
  at: number,
) {
  // What the person has settled stays settled when the same page is offered again.
  const open = [...aside].filter(([n]) => !had.get(n)?.done)
  const own = await db.own.bulkGet(open.map(([n]) => n))
  const rows = open.flatMap(([n, said], i): AttentionRow[] => {
    const row = own[i]
    // A plea that was put aside is read there as one: it asks nothing more of its author.
    if (row === undefined || row.kind === 'plea') return []
    return [{ n, id: row.id, at: had.get(n)?.at ?? at, ...said }]
  })
  if (rows.length > 0) await db.attention.bulkPut(rows)
}

function acked(row: RecordRow, receipt: Receipt, done: ReadonlyMap<number, string | null>): RecordRow {
  const head = receipt.heads[row.logbook]
  const patches = row.patches.map((patch): Patch => {
    const said = done.get(patch.n)
    if (said === undefined) return patch
    const { code: _code, ...rest } = patch
    return { ...rest, ackSeq: head ?? row.seq, ...(said === null ? {} : { code: said }) }
  })
  return settled({ ...row, patches })
}

/** Marks patches of the acknowledged pages; they leave the view when a pull has reached the head. */
async function ackPatches(
  db: GatepostDb,
  receipt: Receipt,
  named: readonly Acknowledged[],
  aside: ReadonlyMap<number, Aside>,
): Promise<Set<LogbookId>> {
  const waiting = await db.records.where('waits').above('').toArray()
  if (waiting.length === 0) return new Set()
  const inPages = ({ n }: Patch) => isIn(named, n)
  const touched = waiting.filter((row) => row.patches.some(inPages))
  const done = new Map(
    touched.flatMap((row) =>
      row.patches.filter(inPages).map(({ n }) => [n, aside.get(n)?.code ?? null] as const),
    ),
  )
  if (touched.length > 0) await db.records.bulkPut(touched.map((row) => acked(row, receipt, done)))
  return new Set(touched.map((row) => row.logbook))
}

/** A page that was only offered again was sent when it was sent. */
const sentOf = ({ sent, sentAt }: PageRow, at: number) => ({ sent: 1 as const, sentAt: sent ? sentAt : at })

/** Own entries are read only where some were put aside: a tap must not wait for every receipt. */
const tablesFor = (db: GatepostDb, { pages }: Receipt) => [
  ...[db.pages, db.meta, db.attention, db.records],
  ...(pages.some(({ entries }) => entries.length > 0) ? [db.own] : []),
]

/**
 * Takes a verified receipt to heart, in one transaction: pages sent, what needs a hand, patches acknowledged.
 * Pages that the receipt does not name by number and hash stay unsent ([PU4]). They count as sent when the centre signed:
 * it may come back days later, to a phone without a network whose clock says anything.
 */
export const settleReceipt = (
  db: GatepostDb,
  receipt: Receipt,
  offered: readonly PageRow[],
): PromiseLike<Settled> =>
  db.transaction('rw', tablesFor(db, receipt), async () => {
    const named = offered.flatMap((page): Acknowledged[] => {
      const said = receipt.pages.find(({ page: number, hash }) => number === page.page && hash === page.hash)
      return said && page.install === receipt.install ? [{ page, said }] : []
    })
    const aside = new Map(named.flatMap(putAside))
    await db.pages.bulkUpdate(named.map(({ page }) => ({ key: page.p, changes: sentOf(page, receipt.time) })))
    const had = named.length > 0 ? await dropTaken(db, named, aside) : new Map<number, AttentionRow>()
    if (aside.size > 0) await putAttention(db, had, aside, receipt.time)
    const documents = await ackPatches(db, receipt, named, aside)
    await putMeta(db, { sent: { through: await sentThrough(db) } })
    return { pages: named.length, documents, forked: named.some(({ said }) => said.status === 'forked') }
  })
