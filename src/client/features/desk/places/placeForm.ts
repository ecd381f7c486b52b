import * as v from 'valibot'
import type { Doc, Draft } from '../../../../domain/entry.ts'
import type { LogbookId, PlaceId } from '../../../../domain/ids.ts'
import { Place } from '../../../../domain/kinds/place.ts'
import type { TextKey } from '../../../i18n/index.ts'
import { patchOf } from '../shared/patch.ts'

export interface PlaceFields {
  name: string
  parent: PlaceId
}

export type Read<T, F extends string> =
  | { ok: true; value: T }
  | { ok: false; errors: Partial<Record<F, TextKey>> }

/** A place as typed, judged by the place's own schema. */
export function readPlace(
  level: 'compound' | 'building',
  fields: PlaceFields,
): Read<{ level: 'compound' | 'building'; name: string; parent: PlaceId }, keyof PlaceFields> {
  const body = { level, name: fields.name.trim(), parent: fields.parent }
  const errors: Partial<Record<keyof PlaceFields, TextKey>> = {}
  const wrong = v.safeParse(Place, body).issues?.map((issue) => String(issue.path?.[0]?.key)) ?? []
  if (wrong.includes('name')) errors.name = body.name === '' ? 'common.required' : 'desk.tooLong'
  if (wrong.includes('parent')) errors.parent = 'common.required'
  return wrong.length > 0 ? { ok: false, errors } : { ok: true, value: body }
}

/** What is saved: the whole place where it is new, else what changed. */
export const placeDraft = (
  logbook: LogbookId,
  record: PlaceId,
  before: Record<string, unknown> | null,
  after: Record<string, unknown>,
): Draft => ({
  kind: 'place',
  logbook,
  record,
  body: before ? patchOf(before, after, ['name', 'parent']) : after,
})

/** What the sheet for places is about: a new one under a parent, or one that is there. */
export interface PlaceEdit {
  level: 'compound' | 'building'
  parent: PlaceId
  place: Doc<Place> | null
}
