import * as v from 'valibot'
import { defineKind } from '../kind.ts'
import { flag, line } from './shapes.ts'

/**
 * A coordinator has dealt with something under *To do*: it leaves the list of every coordinator. The record's id is
 * that of the thing: a plea, the entry whose values lost, a phone that was copied.
 */
export const Noted = v.looseObject({
  about: v.picklist(['plea', 'lost', 'clone']),
  /** Of lost values: those fields that were dealt with. */
  fields: v.optional(v.array(line(80))),
  removed: v.optional(flag),
})
export type Noted = v.InferOutput<typeof Noted>

export const noted = defineKind<Noted>({
  name: 'noted',
  version: 1,
  logbook: 'duty',
  nature: 'document',
  body: Noted,
  lookup: [],
  write: ['coordinator'],
  read: { coordinator: 'full' },
  keptDays: { phone: 3650, centre: null },
})
