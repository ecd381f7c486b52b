import type { EntryId, LogbookId } from '../../domain/ids.ts'
import { kindOf, kindsIn, type AnyKind } from '../../domain/kinds/index.ts'
import { parseLogbookId } from '../../domain/logbooks.ts'
import type { CorrectionRow, EntryRow } from '../storage/rows.ts'
import type { Erasure, Storage, Transaction } from '../storage/storage.ts'
import { writeMask } from './masking.ts'
import { readLine, rewritten } from './reading.ts'
import { digestOf } from './signing.ts'
import { readCorrection } from './tallying.ts'

const dayMs = 86_400_000
/** Small enough that phones never notice the transaction. */
const chunk = 500
/** Decided entries of the quarantine are kept this long in full. */
const settledDays = 30
/** Who read in bulk is known for this long. */
const bulkReadDays = 365

/**
 * One thing to do in a logbook: erase a kind's entries, or one field of them (of a correction: of what it puts right), some
 * days after they arrived.
 */
interface Rule {
  kind: AnyKind
  field: string | null
  days: number
}

/** Fields that go earlier than their entry, and after how many days. */
const fieldsOf = ({ keptDays }: AnyKind): [string, number][] =>
  Object.entries<number | undefined>({ ...keptDays.fields }).flatMap(([field, days]) =>
    days === undefined ? [] : [[field, days]],
  )

function kindsOf(logbook: LogbookId): AnyKind[] {
  const purpose = parseLogbookId(logbook)?.purpose
  return purpose ? kindsIn(purpose) : []
}

function rulesOf(logbook: LogbookId): Rule[] {
  const kinds = kindsOf(logbook)
  return kinds.flatMap((kind) => {
    if (kind.nature !== 'fact') return []
    // A correction may come when its target has lost the field already.
    const fields = kind.corrects ? kinds.flatMap(fieldsOf) : fieldsOf(kind)
    const whole = kind.keptDays.centre
    return [
      ...fields.map(([field, days]) => ({ kind, field, days })),
      ...(whole === null ? [] : [{ kind, field: null, days: whole }]),
    ]
  })
}

/**
 * Erases what is past its time. Pages, signatures, order and counts stay; of an erased entry its digest is left, so
 * that a chain can still be followed ([PG4]). How far it came is kept, so each run only looks at what is new.
 * Answers the number of entries that were shortened or erased.
 */
export async function retain(storage: Storage, now: number): Promise<number> {
  let erased = 0
  for (const community of await storage.communities())
    for (const { id } of await storage.logbooksUnder([community]))
      for (const rule of rulesOf(id)) erased += await applyRule(storage, id, rule, now)
  await storage.write(async (tx) => {
    await tx.forgetSettledQuarantine(now - settledDays * dayMs)
    await tx.forgetBulkReads(now - bulkReadDays * dayMs)
  })
  if (erased > 0) await storage.scrub()
  return erased
}

async function applyRule(storage: Storage, logbook: LogbookId, rule: Rule, now: number): Promise<number> {
  const before = await storage.seqSince(logbook, now - rule.days * dayMs)
  const mark = `retained ${logbook} ${rule.kind.name} ${rule.field ?? ''}`
  let erased = 0
  for (let more = true; more;)
    more = await storage.write(async (tx) => {
      const after = Number((await tx.meta(mark)) ?? 0)
      const found = await tx.entries({ logbook, after, limit: chunk, kinds: [rule.kind.name] })
      const rows = found.filter((row) => row.seq < before)
      erased += await eraseRows(tx, logbook, rows, rule)
      const last = rows.at(-1)
      if (last) await tx.setMeta(mark, String(last.seq))
      return rows.length === chunk
    })
  return erased
}

async function eraseRows(
  tx: Transaction,
  logbook: LogbookId,
  rows: readonly EntryRow[],
  rule: Rule,
): Promise<number> {
  const erasures = rows.flatMap((row) => erasureOf(row, rule) ?? [])
  await tx.erase(erasures)
  await correctAfter(tx, logbook, rows, rule)
  return erasures.length
}

function erasureOf(row: EntryRow, { kind, field }: Rule): Erasure | null {
  if (field === null) return wholly(row)
  return kind.corrects ? correctionWithout(row, field) : withoutField(kind, row, field)
}

/** What was erased goes from what was said about it later, too. */
async function correctAfter(
  tx: Transaction,
  logbook: LogbookId,
  rows: readonly EntryRow[],
  { kind, field }: Rule,
): Promise<void> {
  const ids = rows.map((row) => row.id)
  if (kind.corrects && field === null) return tx.deleteCorrections(logbook, ids)
  if (kind.corrects && field !== null) {
    const targets = rows.flatMap((row) => targetOf(row) ?? [])
    const own = (await tx.corrections(logbook, targets)).filter(({ entry }) => ids.includes(entry))
    return tx.putCorrections(own.flatMap((row) => patchWithout(row, field) ?? []))
  }
  const gone =
    field === null
      ? kindsOf(logbook)
          .flatMap(fieldsOf)
          .map(([name]) => name)
      : [field]
  for (const name of gone) await correctWithout(tx, logbook, ids, name)
}

const targetOf = ({ line, n }: EntryRow): string | null =>
  line === null ? null : (readCorrection(readLine(line, n).entry?.body)?.target ?? null)

/** What erasing a whole entry comes to; null where nothing is left of it anyway. */
export function wholly({ logbook, seq, line, digest }: EntryRow): Erasure | null {
  if (line === null) return null
  return { logbook, seq, digest: digest ?? digestOf(line), line: null, mask: null }
}

function withoutField(kind: AnyKind, row: EntryRow, field: string): Erasure | null {
  const entry = row.line === null ? null : readLine(row.line, row.n).entry
  if (!entry || !Object.hasOwn(entry.body, field)) return null
  return shortened(kind, row, dropped(entry.body, field))
}

const dropped = (body: Record<string, unknown>, field: string): Record<string, unknown> =>
  Object.fromEntries(Object.entries(body).filter(([name]) => name !== field))

/** What is left of an entry whose body loses something. */
export function shortened(
  kind: AnyKind | null,
  { logbook, seq, line: was, digest }: EntryRow,
  body: Record<string, unknown>,
): Erasure {
  const line = rewritten(was ?? '', body)
  const masked = kind?.mask?.(body) ?? body
  const mask = masked === body ? null : writeMask(line, rewritten(line, masked))
  return { logbook, seq, digest: digest ?? digestOf(was ?? ''), line, mask }
}

/** A field that is past its time goes from what was said about it later as well. */
async function correctWithout(
  tx: Transaction,
  logbook: LogbookId,
  targets: readonly EntryId[],
  field: string,
): Promise<void> {
  const found = await tx.corrections(logbook, targets)
  const patching = found.filter((row) => patchWithout(row, field) !== null)
  if (patching.length === 0) return
  await tx.putCorrections(patching.flatMap((row) => patchWithout(row, field) ?? []))
  const rows = await tx.entriesById(
    [logbook],
    patching.map((row) => row.entry),
  )
  await tx.erase(rows.flatMap((row) => correctionWithout(row, field) ?? []))
}

/** Null where it does not put this field right. */
const patchWithout = (row: CorrectionRow, field: string): CorrectionRow | null =>
  row.body.patch && Object.hasOwn(row.body.patch, field)
    ? { ...row, body: { ...row.body, patch: dropped(row.body.patch, field) } }
    : null

function correctionWithout(row: EntryRow, field: string): Erasure | null {
  const entry = row.line === null ? null : readLine(row.line, row.n).entry
  const patch = entry?.body['patch']
  if (!entry || typeof patch !== 'object' || patch === null || !Object.hasOwn(patch, field)) return null
  return shortened(kindOf(row.kind), row, { ...entry.body, patch: dropped({ ...patch }, field) })
}
