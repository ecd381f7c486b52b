import * as v from 'valibot'
import { defineKind } from '../kind.ts'
import { maskName } from '../masks.ts'
import { id, line, name, note } from './shapes.ts'

/**
 * Somebody takes an open turn, or gives theirs back. Until it has an order number it waits for the centre; who comes
 * when all places are taken is next in line, and is told so.
 */
export const Claim = v.looseObject({
  shift: id,
  member: id,
  name,
  act: v.picklist(['take', 'giveBack']),
  why: v.optional(note),
  /** Where a leader or a post's tablet takes the place for somebody: that one's card as read, which speaks for them. */
  proof: v.optional(line(600)),
})
export type Claim = v.InferOutput<typeof Claim>

export const claim = defineKind<Claim>({
  name: 'claim',
  version: 1,
  logbook: 'duty',
  nature: 'fact',
  ordered: true,
  body: Claim,
  lookup: [],
  write: ['volunteer', 'guard', 'gridWorker', 'coordinator'],
  self: { field: 'member', others: ['coordinator'], card: 'proof' },
  read: {
    volunteer: 'masked',
    guard: 'masked',
    gridWorker: 'masked',
    coordinator: 'full',
    supervisor: 'masked',
  },
  // A card has the whole name on it, and only the centre verifies it here; that there was one everybody knows.
  mask: ({ proof, ...body }) => ({
    ...body,
    name: maskName(body.name),
    ...(proof === undefined ? {} : { proof: '*' }),
  }),
  keptDays: { phone: 70, centre: null },
})
