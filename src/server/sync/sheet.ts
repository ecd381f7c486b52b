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
import type { Sealed } from './reading.ts'
import { readCorrection, Tally } from './tallying.ts'

/** Who stands for an entry while it is judged. */
export interface Author {
  install: InstallRow
  grants: readonly Grant[]
  /** A coordinator vouches: the install's own standing is not asked, `grants` are the coordinator's. */
  vouched: boolean
}

/** What the entries of one page are judged against, loaded at once, and what they add, written at once. */
export interface Sheet {
  tx: Transaction
  author: Author
  received: number
  /** Centre time minus device time when the page arrived, ms. */
  arrivalOff: number | null
  forked: boolean
  page: number
  /** True where the page before this one is not here yet ([PU9]). */
  early: boolean
  logbooks: Map<LogbookId, LogbookRow>
  /** Entries by `entryName` that the centre has, or that this page has added. */
  known: Map<string, EntryRow>
  /** By `recordName`. */
  records: Map<string, RecordRow>
  /** By target. */
  corrections: Map<EntryId, CorrectionRow[]>
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
  const named = [...new Set(entries.map((e) => e.logbook))].sort()
  const logbooks = await tx.lock(named)
  const targets = entries.flatMap(targetOf)
  const ids = [...new Set([...entries.map((e) => e.id), ...targets])]
  // Asked together: a database across a network answers them in one round trip.
  const [known, records, corrections] = await Promise.all([
    tx.entriesById(named, ids),
    loadRecords(tx, entries),
    loadCorrections(tx, entries),
  ])
  return {
    ...start,
    tx,
    logbooks: new Map(logbooks.map((row) => [row.id, row])),
    known: new Map(known.map((row) => [entryName(row), row])),
    records,
    corrections,
    added: nothing(),
  }
}

const nothing = (): Added => ({
  entries: [],
  corrections: [],
  tally: new Tally(),
  records: new Set(),
  touched: new Set(),
  opened: new Set(),
  begun: new Set(),
  scope: false,
})

function targetOf(entry: Sealed): EntryId[] {
  const target = kindOf(entry.kind)?.corrects ? readCorrection(entry.body)?.target : undefined
  return target === undefined ? [] : [target]
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
): Promise<Map<EntryId, CorrectionRow[]>> {
  const counted = entries.filter((e) => kindOf(e.kind)?.corrects || kindOf(e.kind)?.tally)
  const found = new Map<EntryId, CorrectionRow[]>()
  for (const [logbook, group] of Map.groupBy(counted, (e) => e.logbook)) {
    const targets = new Set(group.flatMap((e) => [e.id, ...targetOf(e)]))
    for (const row of await tx.corrections(logbook, [...targets])) addCorrection(found, row)
  }
  return found
}

export function addCorrection(to: Map<EntryId, CorrectionRow[]>, row: CorrectionRow): void {
  const list = to.get(row.target)
  if (list) list.push(row)
  else to.set(row.target, [row])
}

/** Writes what the page has added, except for its counts. */
export async function flushSheet({ tx, logbooks, records, added }: Sheet): Promise<void> {
  await tx.insertEntries(added.entries)
  await tx.putCorrections(added.corrections)
  for (const name of added.records) {
    const row = records.get(name)
    if (row) await tx.putRecord(row, maskedBody(row))
  }
  for (const id of added.touched) await tx.raiseHead(id, logbooks.get(id)?.head ?? 0)
}

function maskedBody({ kind, body }: RecordRow): Record<string, unknown> | null {
  const masked = kindOf(kind)?.mask?.(body) ?? body
  return masked === body ? null : masked
}
