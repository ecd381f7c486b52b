import { kindOf } from '../../domain/kinds/index.ts'
import type { LogbookId, RecordId } from '../../domain/ids.ts'
import type { RecordRow } from './rows.ts'

type Body = Record<string, unknown>

export const lookKey = (kind: string, field: string, value: unknown): string =>
  `${kind}:${field}:${String(value)}`

/** Values of the kind's lookup fields; of a list each one. */
export function looksOf(kind: string, body: Body): string[] {
  const fields: readonly string[] = kindOf(kind)?.lookup ?? []
  return fields.flatMap((field) =>
    [body[field]]
      .flat()
      .filter((value) => value !== undefined && value !== null)
      .map((value) => lookKey(kind, field, value)),
  )
}

/** [FD1], [FD2]: disjoint fields merge; null takes a field away. */
export function merge(body: Body, patch: Body): Body {
  const merged = { ...body, ...patch }
  for (const [field, value] of Object.entries(patch)) if (value === null) delete merged[field]
  return merged
}

export const emptyRecord = (kind: string, id: RecordId, logbook: LogbookId): RecordRow => ({
  kind,
  id,
  logbook,
  seq: 0,
  at: 0,
  removed: false,
  base: null,
  baseAt: 0,
  patches: [],
  body: {},
  look: [],
  lost: [],
  round: '',
})

/** The record with everything that follows from its base and patches worked out again. */
export function settled(row: RecordRow): RecordRow {
  const { waits: _waits, ...rest } = row
  const body = row.patches.reduce<Body>((sum, patch) => merge(sum, patch.body), row.base ?? {})
  return {
    ...rest,
    body,
    at: Math.max(row.baseAt, ...row.patches.map((patch) => patch.at)),
    removed: body['removed'] === true,
    look: looksOf(row.kind, body),
    ...(row.patches.length > 0 ? { waits: row.logbook } : {}),
  }
}

/** Nothing of it is left: never confirmed by the centre, and no patch waits. */
export const isGone = (row: RecordRow): boolean => row.base === null && row.patches.length === 0
