import * as v from 'valibot'
import { defineKind } from '../kind.ts'
import { flag, id, time } from './shapes.ts'

/** As many as two bytes on a card can count. */
export const highestIssue = 0xffff

/**
 * A member's card was lost: from now on only cards of this issue or a later one hold. Every loss is a record of its own
 * and is never patched, so that whatever arrives in whatever order, the latest issue is the highest of them.
 */
export const LostCard = v.looseObject({
  member: id,
  /** The first issue that still holds. */
  below: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(highestIssue)),
  /** When it was made void: corrected time, ms. */
  on: time,
  removed: v.optional(flag),
})
export type LostCard = v.InferOutput<typeof LostCard>

export const lostCard = defineKind<LostCard>({
  name: 'lostCard',
  version: 1,
  logbook: 'duty',
  nature: 'document',
  body: LostCard,
  lookup: ['member'],
  write: ['coordinator'],
  read: { volunteer: 'full', guard: 'full', gridWorker: 'full', coordinator: 'full', supervisor: 'full' },
  keptDays: { phone: 3650, centre: null },
})
