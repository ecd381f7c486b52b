import { StorageUnavailable } from '../storage/errors.ts'
import type {
  EntryRow,
  InstallRow,
  PageOutcome,
  PageRow,
  QuarantineDraft,
  TallyRow,
} from '../storage/rows.ts'
import type { Transaction } from '../storage/storage.ts'
import { pageMaxBytes, payloadOf, type WirePage } from '../../protocol/page.ts'
import type { PageReceipt } from '../../protocol/receipt.ts'
import { entriesNow } from './again.ts'
import { fitOf, neighbours, type Fit } from './chain.ts'
import { digestsOf } from './digests.ts'
import { judge } from './judge.ts'
import { judgeHeldIn } from './held.ts'
import { readLine, type Reading } from './reading.ts'
import { flushSheet, loadSheet, type Added } from './sheet.ts'
import { grantsOf } from './standing.ts'
import { aside, receiptOf, type Verdict } from './verdict.ts'

/** A page whose signature is good, as it came. */
export interface Arrival {
  install: InstallRow
  page: WirePage
  received: number
  /** Centre time minus device time when it came, ms; null = the phone did not say. */
  arrivalOff: number | null
}

/** What was done with a page, for the receipt and for those who wait for news. */
export interface Arrived {
  receipt: PageReceipt
  logbooks: readonly string[]
  scope: boolean
  /** How many entries it carries, and how old the oldest that was stored had become, ms. */
  entries: number
  behind: number | null
  /** What it adds to the counts. Not written yet: pages that share a transaction are summed up first. */
  counts: readonly TallyRow[]
}

/** Stores one page within a transaction, except for its counts. Only storage that fails makes it throw. */
export async function arrive(tx: Transaction, arrival: Arrival): Promise<Arrived> {
  const { header } = arrival.page
  const fit = fitOf(header, await tx.pages(header.install, neighbours(header)))
  if (fit.again) return saidAgain(fit.again, await entriesNow(tx, arrival.page, fit.again))
  try {
    const store = isTooLarge(arrival.page) ? putAside : settle
    return await tx.savepoint(() => store(tx, arrival, fit))
  } catch (error) {
    if (error instanceof StorageUnavailable) throw error
    // Whatever a page may do to this program, it is kept, and nobody else's page suffers ([PU6]).
    return tx.savepoint(() => putAside(tx, arrival, fit))
  }
}

/** Pages above the limit are put aside whole ([PG2]): refused, they would keep their phone waiting for ever. */
const isTooLarge = ({ lines }: WirePage): boolean => Buffer.byteLength(payloadOf(lines)) > pageMaxBytes

const saidAgain = ({ page, hash, count, outcome }: PageRow, entries: PageOutcome['entries']): Arrived => ({
  receipt: {
    page,
    hash,
    status: outcome.status === 'forked' ? 'forked' : 'duplicate',
    entries,
  },
  logbooks: outcome.logbooks,
  scope: false,
  entries: count,
  behind: null,
  counts: [],
})

async function settle(tx: Transaction, arrival: Arrival, fit: Fit): Promise<Arrived> {
  const { install, page, received, arrivalOff } = arrival
  const readings = page.lines.map((line, i) => readLine(line, page.header.first + i))
  const author = { install, grants: await grantsOf(tx, install), vouched: false }
  const start = { author, received, arrivalOff, page: page.header.page, forked: fit.forked, early: fit.early }
  const sheet = await loadSheet(
    tx,
    start,
    readings.flatMap(({ entry }) => entry ?? []),
  )
  const verdicts: Verdict[] = []
  for (const reading of readings) {
    const verdict = judge(sheet, reading)
    verdicts.push(verdict instanceof Promise ? await verdict : verdict)
  }
  await flushSheet(sheet)
  const outcome = await record(tx, arrival, fit, readings, verdicts, sheet.added.entries)
  const also = await judgeHeldIn(tx, waitedFor(sheet.added), received)
  return {
    receipt: {
      page: page.header.page,
      hash: page.header.hash,
      status: outcome.status,
      entries: outcome.entries,
    },
    logbooks: [...new Set([...outcome.logbooks, ...sheet.added.touched, ...also])],
    scope: sheet.added.scope,
    entries: readings.length,
    behind: behindOf(sheet.added.entries),
    counts: sheet.added.tally.rows(),
  }
}

const behindOf = (rows: readonly EntryRow[]): number | null =>
  rows.reduce<number | null>((most, { received, at }) => Math.max(most ?? 0, received - at), null)

const waitedFor = ({ opened, begun }: Added): string[] => [...new Set([...opened, ...begun])]

async function putAside(tx: Transaction, arrival: Arrival, fit: Fit): Promise<Arrived> {
  const { header, lines } = arrival.page
  const readings: Reading[] = lines.map((line, i) => ({ line, n: header.first + i, entry: null }))
  const outcome = await record(
    tx,
    arrival,
    fit,
    readings,
    readings.map(() => aside('unreadable')),
  )
  const { status, entries } = outcome
  const receipt = { page: header.page, hash: header.hash, status, entries }
  return { receipt, logbooks: [], scope: false, entries: lines.length, behind: null, counts: [] }
}

/** Keeps the page itself, what could not be taken of it, and what is said about it. */
async function record(
  tx: Transaction,
  arrival: Arrival,
  fit: Fit,
  readings: readonly Reading[],
  verdicts: readonly Verdict[],
  rows: readonly EntryRow[] = [],
): Promise<PageOutcome> {
  const { install, received } = arrival
  const { header, headerLine, signature, lines } = arrival.page
  const outcome: PageOutcome = {
    status: fit.forked ? 'forked' : 'stored',
    entries: readings.flatMap(({ n }, i) => receiptOf(n, verdicts[i] ?? aside('unreadable')) ?? []),
    logbooks: [...new Set(readings.flatMap(({ entry }) => entry?.logbook ?? []))],
    from: firstIn(rows),
  }
  const { page, hash, prev, first, count } = header
  await tx.insertPage({
    install: install.id,
    page,
    hash,
    prev,
    first,
    count,
    headerLine,
    signature,
    received,
    outcome,
    digests: digestsOf(lines),
  })
  await tx.quarantine(readings.flatMap((reading, i) => draftOf(arrival, reading, verdicts[i]) ?? []))
  await tx.addReceived(install.id, count)
  return outcome
}

/** They follow each other in each logbook, so that the first tells where all of them are. */
function firstIn(rows: readonly EntryRow[]): Record<string, number> {
  const from: Record<string, number> = {}
  for (const { logbook, seq } of rows) from[logbook] ??= seq
  return from
}

function draftOf(
  arrival: Arrival,
  { line, n, entry }: Reading,
  verdict: Verdict | undefined,
): QuarantineDraft | null {
  if (verdict?.status !== 'aside') return null
  const { install, page, received, arrivalOff } = arrival
  return {
    install: install.id,
    member: install.member,
    community: install.community,
    n,
    page: page.header.page,
    code: verdict.code,
    held: verdict.held,
    logbook: entry?.logbook ?? '',
    line,
    received,
    arrivalOff,
  }
}
