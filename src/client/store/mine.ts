import type { GatepostDb } from './database.ts'
import { getMetas } from './database.ts'
import { expiredTables, readExpired } from './expired.ts'
import { readEntry } from './factRows.ts'
import type { AttentionRow, MetaRow, OwnRow } from './rows.ts'
import { readStates, stateOf } from './states.ts'
import type { AttentionItem, OwnEntry } from './types.ts'
import { settled, isGone } from './views.ts'

/** Own entries, newest first; not those that are past their kind's days. */
export const readMine = (
  db: GatepostDb,
  correctedNow: number,
  limit: number,
  before = Infinity,
): PromiseLike<OwnEntry[]> =>
  db.transaction('r', [db.own, ...expiredTables(db)], async () => {
    const states = await readStates(db)
    const isExpired = await readExpired(db, correctedNow)
    const shown = (row: OwnRow) => !isExpired(row)
    const rows = await db.own.where('n').below(before).reverse().and(shown).limit(limit).toArray()
    return rows.flatMap(({ n, line }) => {
      const entry = readEntry(line)
      const code = states.attention.get(n)
      return entry ? [{ n, state: stateOf(n, states), ...(code ? { code } : {}), entry }] : []
    })
  })

export async function readAttention(db: GatepostDb): Promise<AttentionItem[]> {
  const rows = (await db.attention.orderBy('n').toArray()).filter((row) => !row.done)
  const own = await db.own.bulkGet(rows.map((row) => row.n))
  return rows.map(({ n, id, code, at, held }, i) => ({
    n,
    id,
    code,
    at,
    held,
    entry: readEntry(own[i]?.line ?? ''),
  }))
}

/** Settled by the person: it leaves the list, and a patch that was put aside leaves its document's view. */
export const settleAttention = (db: GatepostDb, n: number): PromiseLike<void> =>
  db.transaction('rw', db.attention, db.records, async () => {
    await db.attention.update(n, { done: true })
    const waiting = await db.records.where('waits').above('').toArray()
    for (const row of waiting.filter(({ patches }) => patches.some((p) => p.n === n && p.code))) {
      const next = settled({ ...row, patches: row.patches.filter((patch) => patch.n !== n) })
      await (isGone(next) ? db.records.delete([row.kind, row.id]) : db.records.put(next))
    }
  })

const readLast = async (db: GatepostDb): Promise<number> => {
  const last = await db.own.orderBy('n').lastKey()
  return typeof last === 'number' ? last : 0
}

/** Local counters. `last`: that of the newest own entry. */
function countsOf(
  last: number,
  { sent, chain }: Pick<MetaRow, 'sent' | 'chain'>,
  rows: readonly AttentionRow[],
) {
  const through = sent?.through ?? 0
  const attention = rows.filter((row) => !row.done)
  // Neither received nor waiting: what no page can hold never leaves this phone.
  const here = rows.filter((row) => row.here && row.n <= through).length
  const logged = Math.max(last, chain?.sealedThrough ?? 0)
  return { logged, received: through - here, here, attention: attention.length }
}

/** Within a transaction of these tables: own, meta, attention. */
export const readCounts = async (db: GatepostDb) =>
  countsOf(await readLast(db), await getMetas(db, 'sent', 'chain'), await db.attention.toArray())

/** What is on the phone that the status tells of. */
export async function readSituation(db: GatepostDb) {
  const [last, [metas, attention, cursors]] = await Promise.all([
    // By itself: a tap must not wait for a reader of its table.
    readLast(db),
    db.transaction('r', db.meta, db.attention, db.cursors, () =>
      Promise.all([
        getMetas(db, 'identity', 'standing', 'contact', 'others', 'sent', 'chain'),
        db.attention.toArray(),
        db.cursors.toArray(),
      ]),
    ),
  ])
  return { ...metas, cursors, counts: countsOf(last, metas, attention) }
}
