import * as v from 'valibot'
import { defineKind } from '../kind.ts'
import { maskName } from '../masks.ts'
import { celsius, id, line, note } from './shapes.ts'

/** A temperature on its own: a repeat after a high one, or somebody measured who is not passing. */
export const Reading = v.looseObject({
  post: id,
  celsius,
  /** The passage or the reading that this one repeats. */
  about: v.optional(id),
  home: v.optional(line(40)),
  name: v.optional(line(80)),
  fever: v.boolean(),
  note: v.optional(note),
})
export type Reading = v.InferOutput<typeof Reading>

export const reading = defineKind<Reading>({
  name: 'reading',
  version: 1,
  logbook: 'gate',
  nature: 'fact',
  body: Reading,
  lookup: [],
  write: ['guard', 'coordinator'],
  read: { guard: 'masked', coordinator: 'full' },
  mask: (body) => (body.name === undefined ? body : { ...body, name: maskName(body.name) }),
  keptDays: { phone: 3, centre: 14 },
  tally: (body) => [{ metric: 'measured', by: 1 }, ...(body.fever ? [{ metric: 'fever', by: 1 }] : [])],
  post: (body) => body.post,
})
