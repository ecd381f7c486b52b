import { kindOf } from '../../domain/kinds/index.ts'
import type { InstallRow, PageRow } from '../storage/rows.ts'
import type { Transaction } from '../storage/storage.ts'
import { entriesNow } from './again.ts'
import { saidAgain, type Arrival, type Arrived } from './arrival.ts'
import { headsOf, noteHeard, type Push, type Pushed } from './accept.ts'
import { fitOf, neighbours } from './chain.ts'
import { judgeAll } from './judge.ts'
import { arrivedOf, keptOf, type Kept } from './keeping.ts'
import { InstallGone } from './senders.ts'
import { flushFacts, loadLedger, logbooksIn, nothing, type Added, type Author, type Ledger } from './sheet.ts'
import { grantsOfAll } from './standing.ts'

/**
 * Facts change nothing that others are judged by: no grants, no logbooks, no record. So pages of facts alone are asked
 * for together and written together, whoever they are from: a few statements for all of them instead of some for each.
 */
export const isPlain = ({ arrivals }: Push): boolean => arrivals.every((one) => one.readings().every(isFact))

/** What of it needs no transaction, page by page. */
export const readAhead = ({ arrivals }: Push): readonly (() => unknown)[] =>
  arrivals.map(({ readings }) => readings)

const isFact = ({ entry }: ReturnType<Arrival['readings']>[number]): boolean =>
  entry === null || kindOf(entry.kind)?.nature !== 'document'

/** What pages that share a transaction are judged against, and what they have come to so far. */
interface Table {
  ledger: Ledger
  authors: ReadonlyMap<string, Author>
  /** By install. */
  near: Map<string, PageRow[]>
  kept: Kept[]
  added: Added[]
}

/** Stores plain pushes within a transaction, except for their counts. It throws where any of them can't be stored so. */
export async function storeTogether(tx: Transaction, pushes: readonly Push[]): Promise<Pushed[]> {
  const table = await laid(tx, pushes)
  const results: Pushed[] = []
  for (const { install, arrivals } of pushes) {
    const pages: Arrived[] = []
    for (const arrival of arrivals) pages.push(await judged(table, arrival))
    results.push({ install, pages, heads: {} })
  }
  await flushFacts(table.ledger, table.added)
  await tx.insertPages(table.kept.map(({ row }) => row))
  await tx.quarantine(table.kept.flatMap(({ drafts }) => drafts))
  await noteHeard(tx, pushes, results)
  return results.map((pushed) => ({ ...pushed, heads: headsOf(pushed, table.ledger.logbooks) }))
}

async function laid(tx: Transaction, pushes: readonly Push[]): Promise<Table> {
  const arrivals = pushes.flatMap((push) => push.arrivals)
  const entries = arrivals.flatMap((one) => one.readings().flatMap(({ entry }) => entry ?? []))
  // As they stand now: one may have been revoked while its push waited.
  const installs = await tx.installs([...new Set(pushes.map(({ install }) => install))].sort())
  const [logbooks, pages, authors] = await Promise.all([
    tx.lock(logbooksIn(entries)),
    tx.pagesAt(arrivals.map(({ page }) => page.header).flatMap(placesBeside)),
    authorsOf(tx, installs),
  ])
  const near = Map.groupBy(pages, ({ install }) => install)
  return { ledger: await loadLedger(tx, logbooks, entries), authors, near, kept: [], added: [] }
}

const placesBeside = (header: Arrival['page']['header']) =>
  neighbours(header).map((page) => ({ install: header.install, page }))

async function authorsOf(tx: Transaction, installs: readonly InstallRow[]): Promise<Map<string, Author>> {
  const grants = await grantsOfAll(tx, installs)
  return new Map(
    installs.map((install, i) => [install.id, { install, grants: grants[i] ?? [], vouched: false }]),
  )
}

/** Judges one page; what it adds is found by those after it. */
async function judged({ ledger, authors, near, kept, added }: Table, came: Arrival): Promise<Arrived> {
  const { header } = came.page
  const author = authors.get(header.install)
  if (!author) throw new InstallGone(header.install)
  const pages = near.get(header.install) ?? []
  const fit = fitOf(header, pages)
  if (fit.again) return saidAgain(fit.again, await entriesNow(ledger.tx, came.page, fit.again))
  const { received, arrivalOff } = came
  const start = { author, received, arrivalOff, page: header.page, forked: fit.forked, early: fit.early }
  const sheet = { ...start, ...ledger, added: nothing() }
  const verdicts = await judgeAll(sheet, came.readings())
  const one = keptOf({ arrival: came, install: author.install, fit, verdicts }, sheet.added.entries)
  near.set(header.install, [...pages, one.row])
  kept.push(one)
  added.push(sheet.added)
  return arrivedOf(one, sheet.added)
}
