import * as v from 'valibot'
import { defineKind } from '../kind.ts'
import { checkInWays, positionFindings } from './checkIn.ts'
import { id, line, note, time } from './shapes.ts'

/** Somebody leaves the post where a check-in put them. */
export const CheckOut = v.looseObject({
  checkIn: id,
  post: id,
  member: v.optional(id),
  way: v.picklist(checkInWays),
  proof: v.optional(line(600)),
  position: v.optional(v.picklist(positionFindings)),
  /** When they really left, where that was earlier than the entry: corrected time, ms. */
  left: v.optional(time),
  note: v.optional(note),
})
export type CheckOut = v.InferOutput<typeof CheckOut>

export const checkOut = defineKind<CheckOut>({
  name: 'checkOut',
  version: 1,
  logbook: 'duty',
  nature: 'fact',
  ordered: true,
  body: CheckOut,
  lookup: [],
  write: ['volunteer', 'guard', 'gridWorker', 'coordinator'],
  read: { volunteer: 'full', guard: 'full', gridWorker: 'full', coordinator: 'full', supervisor: 'full' },
  mask: ({ note: _note, ...body }) => body,
  keptDays: { phone: 35, centre: null },
  post: (body) => body.post,
})
