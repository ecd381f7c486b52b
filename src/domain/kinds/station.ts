import * as v from 'valibot'
import { defineKind } from '../kind.ts'
import { flag, id, line, name } from './shapes.ts'

/**
 * A phone or tablet that stands at a post and shows its rotating code. Everybody keeps the public half of its key, to
 * verify a code without a network; the private half never leaves the device.
 */
export const Station = v.looseObject({
  post: id,
  name,
  install: id,
  /** P-256 public key, JWK coordinates. */
  key: v.object({ x: line(60), y: line(60) }),
  removed: v.optional(flag),
})
export type Station = v.InferOutput<typeof Station>

export const station = defineKind<Station>({
  name: 'station',
  version: 1,
  logbook: 'duty',
  nature: 'document',
  body: Station,
  lookup: ['post', 'install'],
  write: ['coordinator'],
  read: { volunteer: 'full', guard: 'full', gridWorker: 'full', coordinator: 'full', supervisor: 'full' },
  keptDays: { phone: 3650, centre: null },
})
