import type { EntryId, MemberId } from '../../domain/ids.ts'
import type { LostValue } from '../../domain/entry.ts'
import type { FieldMark, RecordKey, RecordRow } from '../storage/rows.ts'

/** The most values that a record keeps of those that lost ([FD3]). */
export const lostAtMost = 20

export interface Patch {
  entry: EntryId
  by: MemberId
  /** Corrected time, ms. */
  at: number
  seq: number
  /** The record's order number as the author last saw it; 0 = never. */
  seen: number
  body: Readonly<Record<string, unknown>>
}

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b)

/** Has the author not seen the field's last change, and was that somebody else's? */
const isBlind = (mark: FieldMark | undefined, { seen, by }: Patch): mark is FieldMark =>
  mark !== undefined && mark.seq > seen && mark.by !== by

/** A record stays removed until somebody who has seen it says otherwise ([FD4]). */
const bringsBackBlindly = (
  field: string,
  value: unknown,
  mark: FieldMark | undefined,
  patch: Patch,
): boolean => field === 'removed' && value !== true && isBlind(mark, patch)

/** The record with the patch merged in ([FD2..4]). The values are those of the patch; no schema is asked here. */
export function mergePatch(before: RecordRow | null, key: RecordKey, patch: Patch): RecordRow {
  // Maps, so that no field's name can mean anything to the language.
  const body = new Map(Object.entries(before?.body ?? {}))
  const fields = new Map(Object.entries(before?.fields ?? {}))
  const lost: LostValue[] = []
  for (const [field, value] of Object.entries(patch.body)) {
    const mark = fields.get(field)
    if (bringsBackBlindly(field, value, mark, patch)) continue
    if (isBlind(mark, patch) && body.has(field) && !same(body.get(field), value))
      lost.push({ field, value: body.get(field), by: mark.by, entry: mark.entry, at: patch.at })
    if (value === null) body.delete(field)
    else body.set(field, value)
    fields.set(field, { seq: patch.seq, by: patch.by, entry: patch.entry })
  }
  return {
    ...key,
    seq: patch.seq,
    at: patch.at,
    body: Object.fromEntries(body),
    fields: Object.fromEntries(fields),
    lost: [...lost, ...(before?.lost ?? [])].slice(0, lostAtMost),
  }
}
