import type { LogbookId } from '../../domain/ids.ts'
import type { QuarantineRow } from '../storage/rows.ts'
import type { Storage, Transaction } from '../storage/storage.ts'
import { hadLine } from './digests.ts'
import { judge } from './judge.ts'
import { readLine } from './reading.ts'
import { flushSheet, loadSheet, type Author } from './sheet.ts'
import { grantsOf } from './standing.ts'
import { aside, type Verdict } from './verdict.ts'

/** The most that are read at once, and that a transaction at the start judges again: their lines may be long. */
const together = 50

/** What one entry from the quarantine came to, and the logbooks that changed by it. */
export interface Rejudged {
  verdict: Verdict
  touched: readonly LogbookId[]
  /** Logbooks and records that appeared by it, which others may have waited for. */
  appeared: readonly LogbookId[]
}

/** Did it come in a page of a fork ([FO1])? Of two pages of one number the digests tell in which it stood. */
async function cameForked(tx: Transaction, { install, page, n, line }: QuarantineRow): Promise<boolean> {
  const pages = await tx.pages(install, [page])
  return pages.some((row) => row.outcome.status === 'forked' && hadLine(row, n, line) !== false)
}

/** Judges one entry again as if it had come now; where nothing speaks against it any longer, it is stored. */
export async function rejudge(
  tx: Transaction,
  row: QuarantineRow,
  author: Author,
  now: number,
): Promise<Rejudged> {
  const reading = readLine(row.line, row.n)
  const { page, arrivalOff } = row
  const start = { author, received: now, arrivalOff, forked: await cameForked(tx, row), page, early: false }
  const sheet = await loadSheet(tx, start, reading.entry ? [reading.entry] : [])
  const verdict = await judge(sheet, reading)
  await flushSheet(sheet)
  await tx.addTallies(sheet.added.tally.rows())
  if (verdict.status === 'aside') await tx.settleQuarantine(row.id, row.status, verdict.code)
  else await tx.settleQuarantine(row.id, 'accepted')
  const { touched, opened, begun } = sheet.added
  return { verdict, touched: [...touched], appeared: [...opened, ...begun] }
}

async function judgeOne(tx: Transaction, row: QuarantineRow, now: number): Promise<Rejudged> {
  const install = await tx.install(row.install)
  if (!install) return { verdict: aside(row.code), touched: [], appeared: [] }
  return rejudge(tx, row, { install, grants: await grantsOf(tx, install), vouched: false }, now)
}

/**
 * Judges what is held for these logbooks again, and what was held for those that appear by it ([PU7]).
 * Answers the logbooks that got entries.
 */
export async function judgeHeldIn(
  tx: Transaction,
  logbooks: readonly LogbookId[],
  now: number,
): Promise<LogbookId[]> {
  const touched = new Set<LogbookId>()
  const waiting = [...logbooks]
  for (let logbook = waiting.shift(); logbook !== undefined; logbook = waiting.shift())
    for (let after = 0, more = true; more;) {
      const rows = await tx.held(after, together, logbook)
      for (const row of rows) {
        const done = await judgeOne(tx, row, now)
        for (const id of done.touched) touched.add(id)
        waiting.push(...done.appeared)
      }
      after = rows.at(-1)?.id ?? after
      more = rows.length === together
    }
  return [...touched]
}

/** At start: a newer program may know what an older one did not ([PU7]). Answers how many entries were taken. */
export async function judgeHeld(storage: Storage, now: number): Promise<number> {
  let taken = 0
  for (let after = 0, more = true; more;) {
    const ids = (await storage.held(after, together)).map((row) => row.id)
    taken += await storage.write((tx) => judgeSome(tx, ids, now))
    after = ids.at(-1) ?? after
    more = ids.length === together
  }
  return taken
}

async function judgeSome(tx: Transaction, ids: readonly number[], now: number): Promise<number> {
  let taken = 0
  for (const id of ids) {
    const row = await tx.quarantined(id)
    // One that was taken before it may have let this one in already.
    if (row?.status !== 'open') continue
    const done = await judgeOne(tx, row, now)
    await judgeHeldIn(tx, done.appeared, now)
    if (done.verdict.status !== 'aside') taken++
  }
  return taken
}
