import * as v from 'valibot'
import { defineKind } from '../kind.ts'
import { maskName } from '../masks.ts'
import { count, id, line, name, note, time } from './shapes.ts'

/** What one guard leaves to the next at a gate. The next one confirms it with a `handoverConfirmed`. */
export const Handover = v.looseObject({
  post: id,
  /** The guard who leaves, as the next one may see it. */
  from: name,
  since: time,
  peopleInside: count,
  vehiclesInside: count,
  overstays: count,
  /** Who should be measured again: how they are called at the gate, never a full name. */
  repeat: v.array(line(80)),
  /** Entries that this phone had not sent at that moment. */
  unsent: count,
  logged: count,
  note: v.optional(note),
})
export type Handover = v.InferOutput<typeof Handover>

export const handover = defineKind<Handover>({
  name: 'handover',
  version: 1,
  logbook: 'gate',
  nature: 'fact',
  body: Handover,
  lookup: [],
  write: ['guard', 'coordinator'],
  read: { guard: 'masked', coordinator: 'full' },
  mask: (body) => ({ ...body, from: maskName(body.from) }),
  keptDays: { phone: 7, centre: 365 },
  post: (body) => body.post,
})
