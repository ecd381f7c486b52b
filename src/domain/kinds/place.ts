import * as v from 'valibot'
import { defineKind } from '../kind.ts'
import { levels } from '../places.ts'
import { flag, id, name } from './shapes.ts'

export const Place = v.looseObject({
  level: v.picklist(levels),
  name,
  parent: v.optional(id),
  /** IANA zone of a community; everything local is reckoned in it. */
  zone: v.optional(v.pipe(v.string(), v.maxLength(60))),
  /** True for the sample neighbourhood, so that nobody takes it for real people. */
  sample: v.optional(flag),
  removed: v.optional(flag),
})
export type Place = v.InferOutput<typeof Place>

export const place = defineKind<Place>({
  name: 'place',
  version: 1,
  logbook: 'duty',
  nature: 'document',
  body: Place,
  lookup: ['parent', 'level'],
  write: ['coordinator'],
  read: { volunteer: 'full', guard: 'full', gridWorker: 'full', coordinator: 'full', supervisor: 'full' },
  keptDays: { phone: 3650, centre: null },
})
