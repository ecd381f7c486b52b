import * as v from 'valibot'
import { defineKind } from '../kind.ts'
import { celsius, clock, count, flag, id, line, name } from './shapes.ts'

export const postTypes = [
  'gate',
  'checkpoint',
  'publicity',
  'persuasion',
  'isolation',
  'disinfection',
  'supplies',
  'emergency',
  'other',
] as const
export const purposesAtGate = ['resident', 'visitor', 'delivery', 'service', 'other'] as const

/** What one gate asks and what its rules advise. Everything is optional; gateDefaults in rules/gate fills in. */
export const GateRules = v.looseObject({
  people: v.optional(flag),
  vehicles: v.optional(flag),
  /** Ask for a temperature at all. Off unless the community turns it on. */
  temperature: v.optional(flag),
  /** Above this (not at it) a reading counts as fever. °C. */
  feverAbove: v.optional(celsius),
  /** Ask for the colour of a health code as the guard saw it. */
  code: v.optional(flag),
  /** Ask for the purpose. */
  purpose: v.optional(flag),
  couriers: v.optional(v.picklist(['admit', 'refuse'])),
  opens: v.optional(clock),
  closes: v.optional(clock),
  /** A visitor who is inside longer than this counts as overstaying. Minutes. */
  visitorMinutes: v.optional(count),
  deliveryMinutes: v.optional(count),
  parkingSpaces: v.optional(count),
  /** The province character that the plate keyboard starts with. */
  province: v.optional(v.pipe(v.string(), v.maxLength(2))),
  /** Whom the guard calls about a fever: a phone number, shown as a call button. */
  doctorPhone: v.optional(line(30)),
})
export type GateRules = v.InferOutput<typeof GateRules>

export const Post = v.looseObject({
  type: v.picklist(postTypes),
  name,
  place: id,
  gate: v.optional(GateRules),
  removed: v.optional(flag),
})
export type Post = v.InferOutput<typeof Post>

export const post = defineKind<Post>({
  name: 'post',
  version: 1,
  logbook: 'duty',
  nature: 'document',
  body: Post,
  lookup: ['place', 'type'],
  write: ['coordinator'],
  read: { volunteer: 'full', guard: 'full', gridWorker: 'full', coordinator: 'full', supervisor: 'full' },
  keptDays: { phone: 3650, centre: null },
})
