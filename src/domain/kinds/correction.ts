import * as v from 'valibot'
import { defineKind } from '../kind.ts'
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

export const correction = defineKind<Correction>({
  name: 'correction',
  version: 1,
  logbook: 'gate',
  nature: 'fact',
  body: Correction,
  lookup: [],
  write: ['guard', 'coordinator'],
  read: { guard: 'full', coordinator: 'full' },
  keptDays: { phone: 3, centre: 30 },
})
