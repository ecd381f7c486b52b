import type { EntryId, LogbookId } from '../../domain/ids.ts'
import { kindOf } from '../../domain/kinds/index.ts'
import type { Grant } from '../../domain/members.ts'
import type {
  CorrectionRow,
  EntryRow,
  InstallRow,
  LogbookRow,
  RecordKey,
  RecordRow,
} from '../storage/rows.ts'
import type { Transaction } from '../storage/storage.ts'
import { loadCards, type CardGround } from './cards.ts'
import { receiptKey } from './centre.ts'
import type { Sealed } from './reading.ts'
import { readCorrection, Tally } from './tallying.ts'

/** Who stands for an entry while it is judged. */
export interface Author {
  install: InstallRow
  grants: readonly Grant[]
  /** A coordinator vouches: the install's own standing is not asked, `grants` are the coordinator's. */
  vouched: boolean
}

/** What the centre has of the logbooks and entries that pages name; several pages may be judged against one. */
export interface Ledger {
  tx: Transaction
  logbooks: Map<LogbookId, LogbookRow>
  /** Entries by `entryName` that the centre has, or that a page has added. */
  known: Map<string, EntryRow>
  /** By `recordName`. */
  records: Map<string, RecordRow>
  /** By `entryName` of the target. */
  corrections: Map<string, CorrectionRow[]>
  /** What cards in the entries are verified by; null where there are none. */
  cards: CardGround | null
}

/** What the entries of one page are judged against, loaded at once, and what they add, written at once. */
export interface Sheet extends Ledger {
  author: Author
  received: number
  /** Centre time minus device time when the page arrived, ms. */
  arrivalOff: number | null
  forked: boolean
  page: number
  /** True where the page before this one is not here yet ([PU9]). */
  early: boolean
  added: Added
}

export interface Added {
  entries: EntryRow[]
  corrections: CorrectionRow[]
  tally: Tally
  /** Names of records that changed. */
  records: Set<string>
  /** Logbooks that got entries. */
  touched: Set<LogbookId>
  /** Logbooks that this page has made. */
  opened: Set<LogbookId>
  /** Logbooks where a record appeared, which an earlier patch may have waited for. */
  begun: Set<LogbookId>
  /** Somebody's grants or logbooks may have changed. */
  scope: boolean
}

export type SheetStart = Pick<Sheet, 'author' | 'received' | 'arrivalOff' | 'forked' | 'page' | 'early'>

/** An id means something within its logbook alone ([PU8]), so that no page asks of logbooks that it does not name. */
export const entryName = ({ logbook, id }: { logbook: LogbookId; id: EntryId }): string => `${logbook}|${id}`

export const recordName = ({ logbook, kind, id }: RecordKey): string => `${logbook}|${kind}|${id}`

/** Order numbers are given out only in logbooks that are locked here ([PL2]). */
export async function loadSheet(
  tx: Transaction,
  start: SheetStart,
  entries: readonly Sealed[],
): Promise<Sheet> {
  const logbooks = await tx.lock(logbooksIn(entries))
  return { ...start, ...(await loadLedger(tx, logbooks, entries)), added: nothing() }
}

/** In the order in which they are locked. */
export const logbooksIn = (entries: readonly Sealed[]): LogbookId[] =>
  [...new Set(entries.map((e) => e.logbook))].sort()

/** `logbooks` are locked. What is asked together a database across a network answers in one round trip. */
export async function loadLedger(
  tx: Transaction,
  logbooks: readonly LogbookRow[],
  entries: readonly Sealed[],
): Promise<Ledger> {
  const [known, records, corrections, cards] = await Promise.all([
    loadKnown(tx, entries),
    loadRecords(tx, entries),
    loadCorrections(tx, entries),
    loadCards(tx, entries, () => receiptKey(tx)),
  ])
  return { tx, logbooks: new Map(logbooks.map((row) => [row.id, row])), known, records, corrections, cards }
}

async function loadKnown(tx: Transaction, entries: readonly Sealed[]): Promise<Map<string, EntryRow>> {
  const asked = [...Map.groupBy(entries, (e) => e.logbook)].map(([logbook, group]) =>
    tx.entriesById([logbook], idsIn(group)),
  )
  return new Map((await Promise.all(asked)).flat().map((row) => [entryName(row), row]))
}

export const nothing = (): Added => ({
  entries: [],
  corrections: [],
  tally: new Tally(),
  records: new Set(),
  touched: new Set(),
  opened: new Set(),
  begun: new Set(),
  scope: false,
})

/** Of entries and of what they correct. */
function idsIn(entries: readonly Sealed[]): EntryId[] {
  const ids = new Set<EntryId>()
  for (const { id, kind, body } of entries) {
    ids.add(id)
    const target = kindOf(kind)?.corrects ? readCorrection(body)?.target : undefined
    if (target !== undefined) ids.add(target)
  }
  return [...ids]
}

async function loadRecords(tx: Transaction, entries: readonly Sealed[]): Promise<Map<string, RecordRow>> {
  const wanted = Map.groupBy(
    entries.filter((e) => e.record !== undefined),
    (e) => `${e.logbook}|${e.kind}`,
  )
  const found = new Map<string, RecordRow>()
  for (const group of wanted.values()) {
    const ids = new Set(group.flatMap((e) => e.record ?? []))
    const [first] = group
    if (!first) continue
    for (const row of await tx.records(first.logbook, first.kind, [...ids])) found.set(recordName(row), row)
  }
  return found
}

async function loadCorrections(
  tx: Transaction,
  entries: readonly Sealed[],
): Promise<Map<string, CorrectionRow[]>> {
  const counted = entries.filter((e) => kindOf(e.kind)?.corrects || kindOf(e.kind)?.tally)
  const asked = [...Map.groupBy(counted, (e) => e.logbook)].map(([logbook, group]) =>
    tx.corrections(logbook, idsIn(group)),
  )
  const found = new Map<string, CorrectionRow[]>()
  for (const row of (await Promise.all(asked)).flat()) addCorrection(found, row)
  return found
}

export function addCorrection(to: Map<string, CorrectionRow[]>, row: CorrectionRow): void {
  const name = entryName({ logbook: row.logbook, id: row.target })
  const list = to.get(name)
  if (list) list.push(row)
  else to.set(name, [row])
}

/** Writes what the page has added, except for its counts. */
export async function flushSheet({ added, ...ledger }: Sheet): Promise<void> {
  const { tx, records } = ledger
  await flushFacts(ledger, [added])
  for (const name of added.records) {
    const row = records.get(name)
    if (row) await tx.putRecord(row, maskedBody(row))
  }
}

/** Writes entries and corrections that several pages have added. */
export async function flushFacts({ tx, logbooks }: Ledger, pages: readonly Added[]): Promise<void> {
  await tx.insertEntries(pages.flatMap((added) => added.entries))
  await tx.putCorrections(pages.flatMap((added) => added.corrections))
  const touched = new Set(pages.flatMap((added) => [...added.touched]))
  for (const id of touched) await tx.raiseHead(id, logbooks.get(id)?.head ?? 0)
}

function maskedBody({ kind, body }: RecordRow): Record<string, unknown> | null {
  const masked = kindOf(kind)?.mask?.(body) ?? body
  return masked === body ? null : masked
}
