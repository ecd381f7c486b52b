import type { LogbookId } from '../../domain/ids.ts'
import { kindOf, kindsIn, type AnyKind } from '../../domain/kinds/index.ts'
import { parseLogbookId } from '../../domain/logbooks.ts'
import type { CorrectionRow, EntryRow } from '../storage/rows.ts'
import type { Erasure, Storage, Transaction } from '../storage/storage.ts'
import { writeMask } from './masking.ts'
import { readLine, rewritten } from './reading.ts'
import { digestOf } from './signing.ts'

const dayMs = 86_400_000
/** Small enough that phones never notice the transaction. */
const chunk = 500
/** Decided entries of the quarantine are kept this long in full. */
const settledDays = 30
/** Who read in bulk is known for this long. */
const bulkReadDays = 365

/** One thing to do in a logbook: erase a kind's entries, or one field of them, some days after they arrived. */
interface Rule {
  kind: AnyKind
  field: string | null
  days: number
}

function rulesOf(logbook: LogbookId): Rule[] {
  const purpose = parseLogbookId(logbook)?.purpose
  return (purpose ? kindsIn(purpose) : []).flatMap((kind) => {
    if (kind.nature !== 'fact') return []
    const fields = Object.entries<number | undefined>({ ...kind.keptDays.fields })
    const whole = kind.keptDays.centre
    return [
      ...fields.flatMap(([field, days]) => (days === undefined ? [] : [{ kind, field, days }])),
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
  { kind, field }: Rule,
): Promise<number> {
  const erasures = rows.flatMap(
    (row) => (field === null ? wholly(row) : withoutField(kind, row, field)) ?? [],
  )
  await tx.erase(erasures)
  if (field !== null) await correctWithout(tx, logbook, rows, field)
  else if (kind.corrects)
    await tx.deleteCorrections(
      logbook,
      rows.map((row) => row.id),
    )
  return erasures.length
}

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
  targets: readonly EntryRow[],
  field: string,
): Promise<void> {
  const found = await tx.corrections(
    logbook,
    targets.map((row) => row.id),
  )
  const patching = found.filter(({ body }) => body.patch && Object.hasOwn(body.patch, field))
  if (patching.length === 0) return
  await tx.putCorrections(patching.map((row) => patchWithout(row, field)))
  const rows = await tx.entriesById(
    [logbook],
    patching.map((row) => row.entry),
  )
  await tx.erase(rows.flatMap((row) => correctionWithout(row, field) ?? []))
}

const patchWithout = (row: CorrectionRow, field: string): CorrectionRow => ({
  ...row,
  body: { ...row.body, patch: dropped(row.body.patch ?? {}, field) },
})

function correctionWithout(row: EntryRow, field: string): Erasure | null {
  const entry = row.line === null ? null : readLine(row.line, row.n).entry
  const patch = entry?.body['patch']
  if (!entry || typeof patch !== 'object' || patch === null) return null
  return shortened(kindOf(row.kind), row, { ...entry.body, patch: dropped({ ...patch }, field) })
}
