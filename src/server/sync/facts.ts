import type { AnyKind, KindName } from '../../domain/kinds/index.ts'
import type { CorrectionRow, EntryRow } from '../storage/rows.ts'
import { checkOf } from './checks.ts'
import { cutField, writeMask } from './masking.ts'
import type { Admitted } from './objections.ts'
import { readLine, rewritten, type Reading, type Sealed } from './reading.ts'
import { addCorrection, entryName, type Sheet } from './sheet.ts'
import { marksOf, readCorrection } from './tallying.ts'
import { correctedTime, flagsOf } from './time.ts'
import { aside, stored, type Verdict } from './verdict.ts'

const none: readonly CorrectionRow[] = []

/** Stores a fact as it came ([FD1]) and counts it. */
export function storeFact(sheet: Sheet, admitted: Admitted, reading: Reading): Verdict {
  const { kind, entry, name } = admitted
  if (!isBody(kind, entry.body)) return aside('invalid')
  const row = addEntry(sheet, admitted, reading)
  if (kind.corrects) correct(sheet, row, entry)
  else if (kind.tally) count(sheet, row, entry.body, sheet.corrections.get(name) ?? none, 1)
  return stored
}

const checks = new Map<KindName, (body: unknown) => boolean>()

function isBody({ name, body }: AnyKind, value: unknown): boolean {
  const known = checks.get(name)
  if (known) return known(value)
  const check = checkOf(body)
  checks.set(name, check)
  return check(value)
}

/** Gives the entry its order number and adds it to what the page writes. */
export function addEntry(sheet: Sheet, admitted: Admitted, { line, n }: Reading): EntryRow {
  const { entry, name, kind, logbook } = admitted
  logbook.head++
  const row: EntryRow = {
    logbook: logbook.id,
    seq: logbook.head,
    id: entry.id,
    install: sheet.author.install.id,
    n,
    page: sheet.page,
    kind: entry.kind,
    record: kind.nature === 'document' ? (entry.record ?? null) : null,
    post: kind.post?.(entry.body) ?? null,
    at: correctedTime(entry, sheet.arrivalOff),
    received: sheet.received,
    flags: flagsOf(entry, sheet.arrivalOff, sheet.forked),
    line,
    mask: kind.nature === 'fact' ? maskOf(kind, entry, line) : null,
    digest: null,
  }
  sheet.known.set(name, row)
  sheet.added.entries.push(row)
  sheet.added.touched.add(row.logbook)
  return row
}

function maskOf(kind: AnyKind, { body }: Sealed, line: string): string | null {
  const masked = kind.mask?.(body) ?? body
  if (masked === body) return null
  return cutField(line, body, masked) ?? writeMask(line, rewritten(line, masked))
}

/** Takes what the target added before and adds what it adds now; a target that comes later finds the correction. */
function correct(sheet: Sheet, row: EntryRow, entry: Sealed): void {
  const body = readCorrection(entry.body)
  if (!body) return
  const { retract, patch, target } = body
  const correction: CorrectionRow = {
    logbook: row.logbook,
    target,
    entry: row.id,
    seq: row.seq,
    body: { ...(retract === undefined ? {} : { retract }), ...(patch === undefined ? {} : { patch }) },
  }
  const name = entryName({ logbook: row.logbook, id: target })
  const before = [...(sheet.corrections.get(name) ?? [])]
  addCorrection(sheet.corrections, correction)
  sheet.added.corrections.push(correction)
  const fact = sheet.known.get(name)
  const content = fact && fact.line !== null ? readLine(fact.line, fact.n).entry : null
  if (!fact || !content) return
  count(sheet, fact, content.body, before, -1)
  count(sheet, fact, content.body, [...before, correction], 1)
}

function count(
  sheet: Sheet,
  { logbook, kind, at }: EntryRow,
  body: Record<string, unknown>,
  corrections: readonly CorrectionRow[],
  factor: 1 | -1,
): void {
  for (const mark of marksOf({ logbook, kind, at, body }, corrections)) sheet.added.tally.add(mark, factor)
}
