import * as v from 'valibot'
import { defineKind } from '../kind.ts'
import { maskName } from '../masks.ts'
import { checkInWays, positionFindings } from './checkIn.ts'
import { count, id, line, name, note, time } from './shapes.ts'

/** A unit's lead signs in a group. Heads without names stay apart from named people. */
export const UnitSignIn = v.looseObject({
  unit: id,
  post: v.optional(id),
  /** People beyond those named. */
  heads: count,
  names: v.array(v.looseObject({ name, member: v.optional(id) })),
  way: v.picklist(checkInWays),
  proof: v.optional(line(600)),
  position: v.optional(v.picklist(positionFindings)),
  came: v.optional(time),
  note: v.optional(note),
})
export type UnitSignIn = v.InferOutput<typeof UnitSignIn>

export const unitSignIn = defineKind<UnitSignIn>({
  name: 'unitSignIn',
  version: 1,
  logbook: 'duty',
  nature: 'fact',
  ordered: true,
  body: UnitSignIn,
  lookup: [],
  write: ['volunteer', 'guard', 'gridWorker', 'coordinator'],
  read: {
    volunteer: 'masked',
    guard: 'masked',
    gridWorker: 'masked',
    coordinator: 'full',
    supervisor: 'masked',
  },
  mask: ({ note: _note, ...body }) => ({
    ...body,
    names: body.names.map((person) => ({ ...person, name: maskName(person.name) })),
  }),
  keptDays: { phone: 35, centre: null },
  tally: (body) => [
    { metric: 'unit.named', by: body.names.length },
    { metric: 'unit.heads', by: body.heads },
  ],
  post: (body) => body.post,
})
