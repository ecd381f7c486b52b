import * as v from 'valibot'
import { Envelope } from '../../../domain/entry.ts'
import { Passage } from '../../../domain/kinds/passage.ts'
import { Reading } from '../../../domain/kinds/reading.ts'
import { corrected, type CorrectionFact } from '../../../domain/rules/correct.ts'
import { parseJson } from '../../../protocol/page.ts'
import type { CorrectionRow, EntryRow } from '../../storage/rows.ts'

/** Fields of a passage or a reading that the export shows. */
export type GateBody = { [F in keyof Pick<Passage, ShownField>]?: Passage[F] | undefined }
type ShownField =
  | 'post'
  | 'way'
  | 'subject'
  | 'how'
  | 'home'
  | 'name'
  | 'plate'
  | 'heads'
  | 'purpose'
  | 'celsius'
  | 'code'
  | 'decision'
  | 'reason'
  | 'advice'
  | 'note'

/** A fact of the gate as it reads now, with what its fields said at first. */
export interface GateFact {
  row: EntryRow
  by: string
  body: GateBody
  /** Fields that were changed, as they came; a field that was not there is undefined. */
  before: Readonly<Record<string, unknown>>
  retracted: boolean
}

/** Null where nothing readable is left of an entry: erased, or of a version that this one can't read. */
export function gateFact(row: EntryRow, corrections: readonly CorrectionRow[]): GateFact | null {
  const entry = v.safeParse(Envelope, row.line === null ? undefined : parseJson(row.line))
  if (!entry.success) return null
  const { body, by } = entry.output
  const read = row.kind === 'passage' ? now(Passage, body, corrections) : now(Reading, body, corrections)
  return read && { ...read, row, by, before: changed(body, read.body) }
}

function now<B extends Record<string, unknown>>(
  schema: v.GenericSchema<unknown, B>,
  body: Record<string, unknown>,
  corrections: readonly CorrectionRow[],
) {
  const original = v.safeParse(schema, body)
  return original.success ? corrected(schema, original.output, corrections.map(asFact)) : null
}

/** A stored correction as the rule wants to see it; only its order and its body matter. */
const asFact = ({ entry, logbook, seq, target, body }: CorrectionRow): CorrectionFact => ({
  id: entry,
  kind: 'correction',
  v: 1,
  logbook,
  at: 0,
  deviceAt: 0,
  by: '',
  seq,
  flags: [],
  state: 'sent',
  mine: false,
  body: { ...body, target },
})

function changed(was: Record<string, unknown>, is: Record<string, unknown>): Record<string, unknown> {
  const fields = [...new Set([...Object.keys(was), ...Object.keys(is)])]
  const differs = (field: string) => JSON.stringify(was[field]) !== JSON.stringify(is[field])
  return Object.fromEntries(fields.filter(differs).map((field) => [field, was[field]]))
}
