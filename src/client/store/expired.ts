import { kindNames, kindOf } from '../../domain/kinds/index.ts'
import { getMeta, type GatepostDb } from './database.ts'
import type { OwnRow } from './rows.ts'
import { ownKeptDays } from './retention.ts'

const dayMs = 86_400_000

const daysOf = (kind: string): number => kindOf(kind)?.keptDays.phone ?? ownKeptDays

/** Days on a phone that end before a sent entry leaves it. */
const shortDays = [...new Set(kindNames.map(daysOf))].filter((days) => days < ownKeptDays)

/** Tables that `readExpired` looks at. */
export const expiredTables = (db: GatepostDb) => [db.pages, db.attention, db.meta]

/** Local counter up to which receipts are older than so many days. */
async function sentBefore(db: GatepostDb, correctedNow: number, days: number): Promise<number> {
  const page = await db.pages
    .where('sentAt')
    .between(1, correctedNow - days * dayMs)
    .last()
  return page ? page.first + page.count - 1 : 0
}

/**
 * Own entries stay on the phone for a restore of the centre, but no screen reads them beyond their kind's days,
 * counted from the receipt. What was not sent, or needs a hand, is read for as long as it takes.
 */
export async function readExpired(
  db: GatepostDb,
  correctedNow: number,
): Promise<(row: Pick<OwnRow, 'n' | 'kind'>) => boolean> {
  const through = (await getMeta(db, 'sent'))?.through ?? 0
  const open = new Set((await db.attention.toArray()).filter((row) => !row.done).map((row) => row.n))
  const ends = await Promise.all(
    shortDays.map(async (days) => [days, await sentBefore(db, correctedNow, days)] as const),
  )
  const endOf = new Map(ends)
  return ({ n, kind }) => n <= Math.min(through, endOf.get(daysOf(kind)) ?? 0) && !open.has(n)
}
