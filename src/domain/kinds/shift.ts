import * as v from 'valibot'
import { defineKind } from '../kind.ts'
import { count, id, line, note, time } from './shapes.ts'

/**
 * One turn of duty at one post. Turns of a week, or repeated ones, are made singly and share a `series`. A change of
 * one is a `shiftChange`, so that turns, like everything else of a day, leave a phone when their time has come.
 */
export const Shift = v.looseObject({
  post: id,
  /** Corrected time, ms; `ends` is after `starts`. */
  starts: time,
  ends: time,
  /** Heads needed; at most so many have the turn, the others wait in order. */
  heads: count,
  skills: v.optional(v.array(line(40))),
  /** Turns that were made in one go. */
  series: v.optional(id),
  note: v.optional(note),
})
export type Shift = v.InferOutput<typeof Shift>

export const shift = defineKind<Shift>({
  name: 'shift',
  version: 1,
  logbook: 'duty',
  nature: 'fact',
  body: Shift,
  lookup: [],
  write: ['coordinator'],
  read: { volunteer: 'full', guard: 'full', gridWorker: 'full', coordinator: 'full', supervisor: 'full' },
  keptDays: { phone: 70, centre: null },
  post: (body) => body.post,
})
