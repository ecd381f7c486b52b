import type { EntryRow, InstallRow, PageOutcome, PageRow, QuarantineDraft } from '../storage/rows.ts'
import { behindOf, type Arrival, type Arrived } from './arrival.ts'
import type { Fit } from './chain.ts'
import { digestsOf } from './digests.ts'
import type { Reading } from './reading.ts'
import type { Added } from './sheet.ts'
import { aside, receiptOf, type Verdict } from './verdict.ts'

/** What is kept of a page beside its entries: the page itself with what is said about it, and what could not be taken. */
export interface Kept {
  row: PageRow
  drafts: QuarantineDraft[]
}

/** A page that was judged, line by line. */
export interface Judged {
  arrival: Arrival
  install: InstallRow
  fit: Fit
  verdicts: readonly Verdict[]
}

/** `rows`: the entries of it that are stored. */
export function keptOf({ arrival, install, fit, verdicts }: Judged, rows: readonly EntryRow[]): Kept {
  const { header, headerLine, signature, lines } = arrival.page
  const { page, hash, prev, first, count } = header
  const readings = arrival.readings()
  return {
    row: {
      ...{ install: install.id, page, hash, prev, first, count, headerLine, signature },
      received: arrival.received,
      outcome: outcomeOf(fit, readings, verdicts, rows),
      digests: digestsOf(lines),
    },
    drafts: readings.flatMap((reading, i) => draftOf(arrival, install, reading, verdicts[i]) ?? []),
  }
}

const outcomeOf = (
  fit: Fit,
  readings: readonly Reading[],
  verdicts: readonly Verdict[],
  rows: readonly EntryRow[],
): PageOutcome => ({
  status: fit.forked ? 'forked' : 'stored',
  entries: readings.flatMap(({ n }, i) => receiptOf(n, verdicts[i] ?? aside('unreadable')) ?? []),
  logbooks: [...new Set(rows.map(({ logbook }) => logbook))],
  from: firstIn(rows),
})

/** They follow each other in each logbook, so that the first tells where all of them are. */
function firstIn(rows: readonly EntryRow[]): Record<string, number> {
  const from: Record<string, number> = {}
  for (const { logbook, seq } of rows) from[logbook] ??= seq
  return from
}

function draftOf(
  { page, received, arrivalOff }: Arrival,
  install: InstallRow,
  { line, n, entry }: Reading,
  verdict: Verdict | undefined,
): QuarantineDraft | null {
  if (verdict?.status !== 'aside') return null
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

/** `also`: logbooks that changed by what followed from it. */
export function arrivedOf({ row }: Kept, added: Added, also: readonly string[] = []): Arrived {
  const { page, hash, count, outcome } = row
  return {
    receipt: { page, hash, status: outcome.status, entries: outcome.entries },
    logbooks: [...new Set([...outcome.logbooks, ...added.touched, ...also])],
    scope: added.scope,
    entries: count,
    fresh: count,
    behind: behindOf(added.entries),
    counts: added.tally.rows(),
  }
}
