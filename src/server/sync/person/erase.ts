import { kindOf } from '../../../domain/kinds/index.ts'
import type { EntryRow, RecordRow } from '../../storage/rows.ts'
import type { Erasure, Storage, Transaction } from '../../storage/storage.ts'
import type { Pen } from '../pen.ts'
import { readLine } from '../reading.ts'
import { shortened, wholly } from '../retention.ts'
import { asideAbout, findIn, logbooksOf } from './find.ts'
import { redacted, withoutOne } from './redact.ts'
import { isAbout, touches, type Terms } from './terms.ts'

/** How many things were erased, rewritten and forgotten. */
export interface Erased {
  entries: number
  records: number
  aside: number
}

const chunk = 500

/**
 * Erases what there is about somebody at the centre. Records are rewritten by an entry of the centre's own, so that phones
 * follow; bodies go and leave their digests, so that every chain still holds; counts stay. May be repeated.
 */
export async function erasePerson(storage: Storage, pen: Pen, terms: Terms): Promise<Erased> {
  const erased: Erased = { entries: 0, records: 0, aside: 0 }
  for (const logbook of await logbooksOf(storage)) {
    const { records, entries } = await findIn(storage, logbook, terms)
    for (const record of records) await rewrite(storage, pen, record, terms)
    for (let i = 0; i < entries.length; i += chunk)
      await storage.write((tx) => eraseEntries(tx, logbook.id, entries.slice(i, i + chunk), terms))
    erased.entries += entries.length
    erased.records += records.length
  }
  const aside = await asideAbout(storage, await storage.communities(), terms)
  await storage.write((tx) => tx.forgetQuarantined(aside.map(({ id }) => id)))
  await storage.scrub()
  return { ...erased, aside: aside.length }
}

async function rewrite(
  storage: Storage,
  pen: Pen,
  { logbook, kind, id, body }: RecordRow,
  terms: Terms,
): Promise<void> {
  // Where only a value that lost is about them, the record itself is not.
  const changes = isAbout(body, terms) ? redacted(body, terms) : {}
  if (Object.keys(changes).length > 0) await pen.rewrite({ logbook, kind, id }, changes)
  await storage.write(async (tx) => {
    await tx.lock([logbook])
    const row = await tx.record({ logbook, kind, id })
    const lost = row?.lost.filter(({ field, value }) => !touches({ [field]: value }, terms)) ?? []
    if (row && lost.length < row.lost.length) await tx.putRecord({ ...row, lost }, maskedOf(row))
  })
}

function maskedOf({ kind, body }: RecordRow): Record<string, unknown> | null {
  const masked = kindOf(kind)?.mask?.(body) ?? body
  return masked === body ? null : masked
}

/** The others who are named in the same entry stay; null where it is to go whole. */
function withoutPerson(row: EntryRow, terms: Terms): Erasure | null {
  const kind = kindOf(row.kind)
  const body = row.line === null ? undefined : readLine(row.line, row.n).entry?.body
  const left = kind?.nature === 'fact' && body ? withoutOne(body, terms) : null
  return kind && left ? shortened(kind, row, left) : null
}

async function eraseEntries(
  tx: Transaction,
  logbook: string,
  rows: readonly EntryRow[],
  terms: Terms,
): Promise<void> {
  await tx.erase(rows.flatMap((row) => withoutPerson(row, terms) ?? wholly(row) ?? []))
  await tx.deleteCorrections(
    logbook,
    rows.flatMap(({ kind, id }) => (kindOf(kind)?.corrects ? id : [])),
  )
}
