import * as v from 'valibot'
import { defineKind } from '../kind.ts'
import { maskName } from '../masks.ts'
import { flag, id, note } from './shapes.ts'

/**
 * Corrects an earlier fact of the same logbook. Either takes it back (`retract`) or replaces fields of its body;
 * the earlier fact stays readable. Of several corrections of one field the one that arrived last counts.
 */
export const Correction = v.looseObject({
  target: id,
  retract: v.optional(flag),
  /** Fields of the target's body that change; null takes a field away. */
  patch: v.optional(v.record(v.string(), v.unknown())),
  why: v.optional(v.picklist(['undo', 'mistake', 'repeat', 'other'])),
  note: v.optional(note),
})
export type Correction = v.InferOutput<typeof Correction>

/** Fields of facts that hold a person's name, whichever kind the corrected fact is of. */
const named = ['name', 'from', 'by']

export const maskedPatch = (patch: Record<string, unknown>): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(patch).map(([field, value]) => [
      field,
      named.includes(field) && typeof value === 'string' ? maskName(value) : value,
    ]),
  )

export const correction = defineKind<Correction>({
  name: 'correction',
  version: 1,
  logbook: 'gate',
  nature: 'fact',
  corrects: true,
  ordered: true,
  body: Correction,
  lookup: [],
  write: ['guard', 'coordinator'],
  read: { guard: 'masked', coordinator: 'full' },
  mask: (body) => (body.patch ? { ...body, patch: maskedPatch(body.patch) } : body),
  keptDays: { phone: 3, centre: 30 },
})
