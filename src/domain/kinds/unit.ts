import * as v from 'valibot'
import { defineKind } from '../kind.ts'
import { maskName, maskPhone } from '../masks.ts'
import { count, flag, id, line, name } from './shapes.ts'

export const unitTypes = ['agency', 'firm', 'school', 'group', 'team', 'other'] as const

/** An organisation that reports in, or a team within one. */
export const Unit = v.looseObject({
  type: v.picklist(unitTypes),
  name,
  /** The unit that a team belongs to. */
  parent: v.optional(id),
  /** Members who sign it in. */
  leads: v.optional(v.array(id)),
  contact: v.optional(name),
  phone: v.optional(line(30)),
  members: v.optional(v.array(id)),
  /** Comes every day: a day without a sign-in is a day missed. */
  daily: v.optional(flag),
  /** Heads that it has promised. */
  heads: v.optional(count),
  removed: v.optional(flag),
})
export type Unit = v.InferOutput<typeof Unit>

export const unit = defineKind<Unit>({
  name: 'unit',
  version: 1,
  logbook: 'duty',
  nature: 'document',
  body: Unit,
  lookup: ['parent'],
  write: ['coordinator'],
  read: {
    volunteer: 'masked',
    guard: 'masked',
    gridWorker: 'masked',
    coordinator: 'full',
    supervisor: 'masked',
  },
  mask: (body) => ({
    ...body,
    ...(body.contact ? { contact: maskName(body.contact) } : {}),
    ...(body.phone ? { phone: maskPhone(body.phone) } : {}),
  }),
  keptDays: { phone: 3650, centre: null },
})
