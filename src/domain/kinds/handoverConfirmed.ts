import * as v from 'valibot'
import { defineKind } from '../kind.ts'
import { maskName } from '../masks.ts'
import { id, name, note } from './shapes.ts'

export const HandoverConfirmed = v.looseObject({
  post: id,
  handover: id,
  by: name,
  /** What the next guard found different. */
  note: v.optional(note),
})
export type HandoverConfirmed = v.InferOutput<typeof HandoverConfirmed>

export const handoverConfirmed = defineKind<HandoverConfirmed>({
  name: 'handoverConfirmed',
  version: 1,
  logbook: 'gate',
  nature: 'fact',
  body: HandoverConfirmed,
  lookup: [],
  write: ['guard', 'coordinator'],
  read: { guard: 'masked', coordinator: 'full' },
  mask: (body) => ({ ...body, by: maskName(body.by) }),
  keptDays: { phone: 7, centre: 365 },
  post: (body) => body.post,
})
