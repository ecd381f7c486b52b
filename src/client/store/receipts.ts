import type { LogbookId } from '../../domain/ids.ts'
import { heldCodes } from '../../protocol/problems.ts'
import type { PageReceipt, Receipt } from '../../protocol/receipt.ts'
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

/** Local counters that the centre put aside, with the code. */
function putAside({ page, said }: Acknowledged): Map<number, string> {
  const wireFirst = said.entries.length > 0 ? wireFirstOf(page) : 0
  return new Map(
    said.entries
      .filter((entry) => entry.status !== 'duplicate')
      .map((entry) => [localOf(page, wireFirst, entry.n), entry.code ?? 'invalid']),
  )
}

async function putAttention(db: GatepostDb, aside: ReadonlyMap<number, string>, at: number) {
  const numbers = [...aside.keys()]
  const [own, had] = await Promise.all([db.own.bulkGet(numbers), db.attention.bulkGet(numbers)])
  const rows = numbers.flatMap((n, i): AttentionRow[] => {
    const [id, code] = [own[i]?.id, aside.get(n)]
    // What the person has settled stays settled when the same page is offered again.
    if (had[i] || id === undefined || code === undefined) return []
    return [{ n, id, code, at, held: heldCodes.some((held) => held === code) }]
  })
  if (rows.length > 0) await db.attention.bulkPut(rows)
}

function acked(row: RecordRow, receipt: Receipt, done: ReadonlyMap<number, string | null>): RecordRow {
  const head = receipt.heads[row.logbook]
  const patches = row.patches.map((patch): Patch => {
    const code = done.get(patch.n)
    if (code === undefined) return patch
    return { ...patch, ackSeq: head ?? row.seq, ...(code === null ? {} : { code }) }
  })
  return settled({ ...row, patches })
}

/** Marks patches of the acknowledged pages; they leave the view when a pull has reached the head. */
async function ackPatches(
  db: GatepostDb,
  receipt: Receipt,
  named: readonly Acknowledged[],
  aside: ReadonlyMap<number, string>,
): Promise<Set<LogbookId>> {
  const waiting = await db.records.where('waits').above('').toArray()
  if (waiting.length === 0) return new Set()
  const inPages = ({ n }: Patch) => named.some(({ page }) => n >= page.first && n < page.first + page.count)
  const touched = waiting.filter((row) => row.patches.some(inPages))
  const done = new Map(
    touched.flatMap((row) => row.patches.filter(inPages).map(({ n }) => [n, aside.get(n) ?? null] as const)),
  )
  if (touched.length > 0) await db.records.bulkPut(touched.map((row) => acked(row, receipt, done)))
  return new Set(touched.map((row) => row.logbook))
}

/**
 * Takes a verified receipt to heart, in one transaction: pages sent, what needs a hand, patches acknowledged.
 * Pages that the receipt does not name by number and hash stay unsent ([PU4]). `at`: corrected time, ms.
 */
export const settleReceipt = (
  db: GatepostDb,
  receipt: Receipt,
  offered: readonly PageRow[],
  at: number,
): PromiseLike<Settled> =>
  db.transaction('rw', [db.pages, db.meta, db.attention, db.records, db.own], async () => {
    const named = offered.flatMap((page): Acknowledged[] => {
      const said = receipt.pages.find(({ page: number, hash }) => number === page.page && hash === page.hash)
      return said && page.install === receipt.install ? [{ page, said }] : []
    })
    const aside = new Map(named.flatMap((one) => [...putAside(one)]))
    await db.pages.bulkUpdate(named.map(({ page }) => ({ key: page.p, changes: { sent: 1, sentAt: at } })))
    if (aside.size > 0) await putAttention(db, aside, at)
    const documents = await ackPatches(db, receipt, named, aside)
    await putMeta(db, { sent: { through: await sentThrough(db) } })
    return { pages: named.length, documents, forked: named.some(({ said }) => said.status === 'forked') }
  })
