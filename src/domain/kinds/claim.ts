import * as v from 'valibot'
import { defineKind } from '../kind.ts'
import { maskName } from '../masks.ts'
import { id, name, note } from './shapes.ts'

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
  self: { field: 'member', others: ['coordinator'] },
  read: {
    volunteer: 'masked',
    guard: 'masked',
    gridWorker: 'masked',
    coordinator: 'full',
    supervisor: 'masked',
  },
  mask: (body) => ({ ...body, name: maskName(body.name) }),
  keptDays: { phone: 60, centre: null },
})
