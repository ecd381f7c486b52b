import * as v from 'valibot'
import { defineKind } from '../kind.ts'
import { celsius, clock, count, flag, id, line, name, note } from './shapes.ts'

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

/** Where a post stands, as measured on site with the phone's own position service (map picks may be offset). */
export const Position = v.looseObject({
  lat: v.pipe(v.number(), v.minValue(-90), v.maxValue(90)),
  lon: v.pipe(v.number(), v.minValue(-180), v.maxValue(180)),
  /** Who is nearer than this counts as inside. Metres. */
  radiusM: v.pipe(v.number(), v.minValue(10), v.maxValue(5000)),
})
export type Position = v.InferOutput<typeof Position>

/** What a printed code says and a person may type: `rules/duty/shortCode.ts` makes and reads it. */
export const shortCode = v.pipe(v.string(), v.regex(/^[0-9A-Z]{6,12}$/))

export const Post = v.looseObject({
  type: v.picklist(postTypes),
  name,
  place: id,
  gate: v.optional(GateRules),
  /** What a post of type `other` is for, in the community's own words. */
  label: v.optional(line(40)),
  /** When it is staffed; absent = round the clock. A closing time before the opening one is on the next day. */
  opens: v.optional(clock),
  closes: v.optional(clock),
  /** Heads needed at any time while it is open; turns may ask for more or fewer. */
  heads: v.optional(count),
  skills: v.optional(v.array(line(40))),
  /** Members who may check in and vouch for others here. */
  leaders: v.optional(v.array(id)),
  code: v.optional(shortCode),
  position: v.optional(Position),
  note: v.optional(note),
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
