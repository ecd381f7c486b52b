import { PageHeader, payloadOf, parseJson } from '../../../protocol/page.ts'
import * as v from 'valibot'
import { kindOf } from '../../../domain/kinds/index.ts'
import type { EntryRow, InstallRow, PageRow, QuarantineRow } from '../../storage/rows.ts'
import { digestAt, isKept } from '../digests.ts'
import { readLine } from '../reading.ts'
import { digestOf, isSignedBy } from '../signing.ts'
import { correctedTime } from '../time.ts'
import type { Wrong } from './findings.ts'

/** A page with everything that is there of its lines. */
export interface Whole {
  page: PageRow
  entries: readonly EntryRow[]
  aside: readonly QuarantineRow[]
}

export interface Flaw {
  wrong: Wrong
  n?: number
}

/** Is the page itself what the install signed? */
export function flawOfHeader(row: PageRow, install: InstallRow): Flaw | null {
  const header = v.safeParse(PageHeader, parseJson(row.headerLine))
  if (!header.success || !isSignedBy(row.headerLine, row.signature, install.key)) return { wrong: 'altered' }
  const { page, prev, first, count, hash } = header.output
  const same = header.output.install === row.install && prev === row.prev && hash === row.hash
  const placed = page === row.page && first === row.first && count === row.count
  return same && placed ? null : { wrong: 'altered' }
}

/** What is left of one line: its text, or the digest of what was erased; null: it is not there. */
interface Left {
  line: string | null
  digest: string
  row: EntryRow | null
}

const ofEntry = (row: EntryRow): Left => ({
  line: row.digest === null ? row.line : null,
  digest: row.digest ?? digestOf(row.line ?? ''),
  row,
})
const ofAside = ({ line }: QuarantineRow): Left => ({ line, digest: digestOf(line), row: null })

/** By what stands beside its line an entry is found, shown and put in its hour: it says what the line does. */
function saysItsLine({ line, n, id, kind, logbook, record, at }: EntryRow): boolean {
  const entry = line === null ? null : readLine(line, n).entry
  if (!entry) return true
  const isDocument = kindOf(kind)?.nature === 'document'
  return (
    entry.id === id &&
    entry.kind === kind &&
    entry.logbook === logbook &&
    (isDocument ? (entry.record ?? null) : null) === record &&
    // Without it the page's arrival told the time, which is not kept.
    (entry.off === undefined || correctedTime(entry, null) === at)
  )
}

/** Are the lines those that the page came with, in their places? The first that is not. */
export function flawOfLines(whole: Whole): Flaw | null {
  const { page, entries } = whole
  const strange = entries.find((row) => row.page === page.page && !saysItsLine(row))
  if (strange) return { wrong: 'altered', n: strange.n }
  const left = Array.from({ length: page.count }, (_, i) => leftOf(whole, page.first + i))
  const lines = left.flatMap((all) => all.find(({ line }) => line !== null)?.line ?? [])
  // As long as nothing of it was erased, the page proves itself ([PG4]).
  if (lines.length === page.count && digestOf(payloadOf(lines)) === page.hash) return flawOfOrder(whole, left)
  for (const [i, candidates] of left.entries()) {
    const flaw = flawOfLine(whole, i, candidates, left)
    if (flaw) return flaw
  }
  const proven = lines.length < page.count || page.digests !== null
  return proven ? flawOfOrder(whole, left) : { wrong: 'altered' }
}

function leftOf({ page, entries, aside }: Whole, n: number): Left[] {
  const stored = entries.filter((row) => row.page === page.page && row.n === n).map(ofEntry)
  return [
    ...stored,
    ...aside.filter((row) => row.page === page.page && row.n === n && row.line !== '').map(ofAside),
  ]
}

function flawOfLine(
  { page, aside }: Whole,
  i: number,
  here: readonly Left[],
  all: readonly Left[][],
): Flaw | null {
  const n = page.first + i
  const kept = digestAt(page.digests, i)
  const isIt = ({ digest }: Left): boolean => kept === null || isKept(kept, digest)
  if (here.some(isIt)) return null
  if (kept !== null && all.some((others) => others.some(isIt))) return { wrong: 'reordered', n }
  if (here.length > 0) return { wrong: 'altered', n }
  return mayBeGone(page, aside, n) ? null : { wrong: 'missing', n }
}

/** What came twice is stored with the page that brought it first; what was decided long ago is forgotten. */
function mayBeGone({ outcome, page }: PageRow, aside: readonly QuarantineRow[], n: number): boolean {
  const said = outcome.entries.find((one) => one.n === n)
  return (
    said?.status === 'duplicate' || aside.some((row) => row.page === page && row.n === n && row.line === '')
  )
}

/** Entries that were stored with their page follow each other in their logbook from the number that it noted. */
function flawOfOrder({ page }: Whole, left: readonly Left[][]): Flaw | null {
  const late = new Set(page.outcome.entries.map(({ n }) => n))
  const next = new Map(Object.entries(page.outcome.from ?? {}))
  if (next.size === 0) return null
  for (const candidates of left) {
    const row = candidates.find((one) => one.row !== null)?.row
    if (!row || late.has(row.n)) continue
    if (row.seq !== next.get(row.logbook)) return { wrong: 'reordered', n: row.n }
    next.set(row.logbook, row.seq + 1)
  }
  return null
}
