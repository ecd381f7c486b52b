import { StorageUnavailable } from '../storage/errors.ts'
import type { InstallRow } from '../storage/rows.ts'
import type { Transaction } from '../storage/storage.ts'
import { entriesNow } from './again.ts'
import { saidAgain, type Arrival, type Arrived } from './arrival.ts'
import { fitOf, neighbours, type Fit } from './chain.ts'
import { judgeAll } from './judge.ts'
import { judgeHeldIn } from './held.ts'
import { arrivedOf, keptOf, type Kept } from './keeping.ts'
import { flushSheet, loadSheet, nothing, type Added } from './sheet.ts'
import { grantsOf } from './standing.ts'
import { aside } from './verdict.ts'

/** Stores one page within a transaction, except for its counts. Only storage that fails makes it throw. */
export async function arrive(tx: Transaction, arrival: Arrival, install: InstallRow): Promise<Arrived> {
  const { header } = arrival.page
  const fit = fitOf(header, await tx.pages(header.install, neighbours(header)))
  if (fit.again) return saidAgain(fit.again, await entriesNow(tx, arrival.page, fit.again))
  try {
    return await tx.savepoint(() => settle(tx, arrival, install, fit))
  } catch (error) {
    if (error instanceof StorageUnavailable) throw error
    // Whatever a page may do to this program, it is kept, and nobody else's page suffers ([PU6]).
    return tx.savepoint(() => putAside(tx, arrival, install, fit))
  }
}

async function settle(tx: Transaction, arrival: Arrival, install: InstallRow, fit: Fit): Promise<Arrived> {
  const { page, received, arrivalOff } = arrival
  const readings = arrival.readings()
  const author = { install, grants: await grantsOf(tx, install), vouched: false }
  const start = { author, received, arrivalOff, page: page.header.page, forked: fit.forked, early: fit.early }
  const sheet = await loadSheet(
    tx,
    start,
    readings.flatMap(({ entry }) => entry ?? []),
  )
  const verdicts = await judgeAll(sheet, readings)
  await flushSheet(sheet)
  const kept = keptOf({ arrival, install, fit, verdicts }, sheet.added.entries)
  await keep(tx, kept)
  return arrivedOf(kept, sheet.added, await judgeHeldIn(tx, waitedFor(sheet.added), received))
}

const waitedFor = ({ opened, begun }: Added): string[] => [...new Set([...opened, ...begun])]

async function putAside(tx: Transaction, arrival: Arrival, install: InstallRow, fit: Fit): Promise<Arrived> {
  const { lines, header } = arrival.page
  const readings = lines.map((line, i) => ({ line, n: header.first + i, entry: null }))
  const verdicts = lines.map(() => aside('unreadable'))
  const kept = keptOf({ arrival: { ...arrival, readings: () => readings }, install, fit, verdicts }, [])
  await keep(tx, kept)
  return arrivedOf(kept, nothing())
}

async function keep(tx: Transaction, { row, drafts }: Kept): Promise<void> {
  await tx.insertPages([row])
  await tx.quarantine(drafts)
}
