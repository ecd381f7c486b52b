import { kindNames, kindOf } from '../../domain/kinds/index.ts'
import type { GatepostDb } from './database.ts'
import { pulledFact } from './factRows.ts'
import type { PageRow, SegmentRow } from './rows.ts'

const dayMs = 86_400_000

/** Sent entries are held this long, so that a restored centre can be told again. */
export const ownKeptDays = 30

const factDays = kindNames
  .map((name) => kindOf(name))
  .filter((kind) => kind?.nature === 'fact')
  .map((kind) => kind?.keptDays.phone ?? 0)
const leastDays = Math.min(...factDays)

/**
 * A turn stays with whoever planned it for as long as with everybody else: nobody pulls it again. What its author pulls as
 * well ([PL7]) stays that way.
 */
function ownDaysOf(name: string): number {
  const kind = kindOf(name)
  return kind?.nature === 'fact' && !kind.ordered ? Math.max(ownKeptDays, kind.keptDays.phone) : ownKeptDays
}

/** Takes entries off that are past their time, and the page with the last of them. */
async function purgePage(db: GatepostDb, { p, first, count, sentAt }: PageRow, correctedNow: number) {
  const rows = await db.own
    .where('n')
    .between(first, first + count)
    .toArray()
  const past = rows.filter(({ kind }) => sentAt < correctedNow - ownDaysOf(kind) * dayMs)
  await db.own.bulkDelete(past.map(({ n }) => n))
  if (past.length === rows.length) await db.pages.delete(p)
  else if (past.length > 0) await db.pages.update(p, { partial: true })
}

/**
 * Own entries whose receipt is older than `ownKeptDays`, and than their kind's days on a phone. A page with an entry that
 * needs a hand stays whole: only so can the centre be asked about it ([PU7]).
 */
export const purgeOwn = (db: GatepostDb, correctedNow: number): PromiseLike<void> =>
  db.transaction('rw', [db.pages, db.own, db.attention], async () => {
    const old = await db.pages
      .where('sentAt')
      .between(1, correctedNow - ownKeptDays * dayMs)
      .toArray()
    const open = (await db.attention.toArray()).filter((row) => !row.done).map((row) => row.n)
    const isOpen = ({ first, count }: PageRow) => open.some((n) => n >= first && n < first + count)
    for (const page of old.filter((one) => !isOpen(one))) await purgePage(db, page, correctedNow)
  })

/** A kind that this version does not know is kept as long as the longest it knows. */
const daysOf = (kind: string): number => kindOf(kind)?.keptDays.phone ?? Math.max(...factDays)

function trimmed(row: SegmentRow, correctedNow: number): SegmentRow | null {
  const ageDays = (correctedNow - row.arrivedAt) / dayMs
  const lines = row.text.split('\n').filter((line) => ageDays <= daysOf(pulledFact(line)?.kind ?? ''))
  if (lines.length === 0) return null
  // Its place in the order stays as it was: followers know how far they have read.
  return { ...row, count: lines.length, text: lines.join('\n') }
}

/** What was worked out for a screen serves the day, and the first look at the next one. */
const keptForDays = 2

/** Pulled facts past their kind's days on a phone, counted from arrival, and what was kept of them. */
export const purgePulled = (db: GatepostDb, correctedNow: number): PromiseLike<void> =>
  db.transaction('rw', db.segments, db.kept, async () => {
    await db.kept
      .where('at')
      .below(correctedNow - keptForDays * dayMs)
      .delete()
    const old = await db.segments
      .where('arrivedAt')
      .below(correctedNow - leastDays * dayMs)
      .toArray()
    for (const row of old) {
      const kept = trimmed(row, correctedNow)
      if (!kept) await db.segments.delete([row.logbook, row.from])
      else if (kept.count !== row.count) await db.segments.put(kept)
    }
  })
