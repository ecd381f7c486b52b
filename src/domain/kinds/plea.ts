import * as v from 'valibot'
import { defineKind } from '../kind.ts'
import { id, line, note } from './shapes.ts'

/** Somebody asks the coordinator to look at an entry that the centre could not take. */
export const Plea = v.looseObject({
  about: id,
  code: line(40),
  note: v.optional(note),
})
export type Plea = v.InferOutput<typeof Plea>

export const plea = defineKind<Plea>({
  name: 'plea',
  version: 1,
  logbook: 'duty',
  nature: 'fact',
  body: Plea,
  lookup: [],
  write: ['volunteer', 'guard', 'gridWorker', 'coordinator'],
  read: { coordinator: 'full' },
  keptDays: { phone: 30, centre: 365 },
})
