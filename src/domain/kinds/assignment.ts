import * as v from 'valibot'
import { defineKind } from '../kind.ts'
import { maskName } from '../masks.ts'
import { flag, id, name } from './shapes.ts'

/** How somebody came to a turn. Rotation, swaps and automatic filling write the same kind. */
export const placements = ['manual', 'requested', 'automatic', 'swapped'] as const

/** A coordinator gives a turn to somebody, or takes it from them. Order of arrival decides ([FD1], capacity). */
export const Assignment = v.looseObject({
  shift: id,
  member: id,
  name,
  act: v.picklist(['assign', 'unassign']),
  placement: v.optional(v.picklist(placements)),
  /** Leads the turn: may check in and vouch for the others on it. */
  leads: v.optional(flag),
})
export type Assignment = v.InferOutput<typeof Assignment>

export const assignment = defineKind<Assignment>({
  name: 'assignment',
  version: 1,
  logbook: 'duty',
  nature: 'fact',
  ordered: true,
  body: Assignment,
  lookup: [],
  write: ['coordinator'],
  read: {
    volunteer: 'masked',
    guard: 'masked',
    gridWorker: 'masked',
    coordinator: 'full',
    supervisor: 'masked',
  },
  mask: (body) => ({ ...body, name: maskName(body.name) }),
  keptDays: { phone: 70, centre: null },
})
