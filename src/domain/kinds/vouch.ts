import * as v from 'valibot'
import { defineKind } from '../kind.ts'
import { maskName } from '../masks.ts'
import { id, name, note } from './shapes.ts'

/** Somebody confirms that a check-in is true: "I saw them here". What it is worth follows from who says it. */
export const Vouch = v.looseObject({
  checkIn: id,
  /** The one who vouches, as others may see them. */
  name,
  note: v.optional(note),
})
export type Vouch = v.InferOutput<typeof Vouch>

export const vouch = defineKind<Vouch>({
  name: 'vouch',
  version: 1,
  logbook: 'duty',
  nature: 'fact',
  ordered: true,
  body: Vouch,
  lookup: [],
  write: ['volunteer', 'guard', 'gridWorker', 'coordinator'],
  read: {
    volunteer: 'masked',
    guard: 'masked',
    gridWorker: 'masked',
    coordinator: 'full',
    supervisor: 'masked',
  },
  mask: ({ note: _note, ...body }) => ({ ...body, name: maskName(body.name) }),
  keptDays: { phone: 35, centre: null },
})
