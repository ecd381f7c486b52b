import * as v from 'valibot'
import type { GateRules, Post } from '../../../../domain/kinds/post.ts'
import { Post as PostSchema } from '../../../../domain/kinds/post.ts'
import { provinces } from '../../../../domain/formats/plate.ts'
import { gateDefaults, gateSettings } from '../../../../domain/rules/gate.ts'
import type { TextKey } from '../../../i18n/index.ts'
import type { Read } from './placeForm.ts'

/** A gate as a form holds it: switches, and everything typed as text. */
export interface GateFields {
  name: string
  people: boolean
  vehicles: boolean
  temperature: boolean
  feverAbove: string
  code: boolean
  purpose: boolean
  couriers: 'admit' | 'refuse'
  limited: boolean
  opens: string
  closes: string
  visitorMinutes: string
  deliveryMinutes: string
  parkingSpaces: string
  province: string
  doctorPhone: string
}
export type GateErrors = Partial<Record<keyof GateFields, TextKey>>

const text = (value: number | undefined): string => (value === undefined ? '' : String(value))

export function gateFields(name: string, rules: GateRules | undefined): GateFields {
  const gate = gateSettings(rules)
  return {
    name,
    people: gate.people,
    vehicles: gate.vehicles,
    temperature: gate.temperature,
    feverAbove: gate.feverAbove.toFixed(1),
    code: gate.code,
    purpose: gate.purpose,
    couriers: gate.couriers,
    limited: gate.opens !== undefined && gate.closes !== undefined,
    opens: gate.opens ?? '06:00',
    closes: gate.closes ?? '23:00',
    visitorMinutes: text(gate.visitorMinutes),
    deliveryMinutes: text(gate.deliveryMinutes),
    parkingSpaces: text(gate.parkingSpaces),
    province: gate.province ?? '',
    doctorPhone: gate.doctorPhone ?? '',
  }
}

/** Full-width digits and a comma count as well; NaN where it is no number. */
const number = (typed: string): number => {
  const plain = typed.normalize('NFKC').trim().replace(',', '.')
  return plain === '' ? Number.NaN : Number(plain)
}

const within = (typed: string, min: number, max: number): boolean => {
  const value = number(typed)
  return value >= min && value <= max
}

const whole = (typed: string, max: number): boolean =>
  within(typed, 0, max) && Number.isInteger(number(typed))

const dayMinutes = 24 * 60

/** One test per field that can be wrong; a number in the text says what is expected. */
const tests: readonly [keyof GateFields, TextKey, (fields: GateFields) => boolean][] = [
  ['name', 'common.required', (f) => f.name.trim() !== ''],
  ['vehicles', 'desk.gate.needsOne', (f) => f.people || f.vehicles],
  ['feverAbove', 'desk.gate.feverRange', (f) => !f.temperature || within(f.feverAbove, 36, 40)],
  [
    'closes',
    'desk.gate.hoursWrong',
    (f) => !f.limited || (f.opens !== '' && f.closes !== '' && f.opens !== f.closes),
  ],
  ['visitorMinutes', 'desk.gate.minutesWrong', (f) => whole(f.visitorMinutes, 7 * dayMinutes)],
  ['deliveryMinutes', 'desk.gate.minutesWrong', (f) => whole(f.deliveryMinutes, 7 * dayMinutes)],
  [
    'parkingSpaces',
    'desk.gate.spacesWrong',
    (f) => f.parkingSpaces.trim() === '' || whole(f.parkingSpaces, 100_000),
  ],
  ['province', 'desk.gate.provinceWrong', (f) => f.province === '' || provinces.includes(f.province)],
  ['doctorPhone', 'desk.tooLong', (f) => f.doctorPhone.trim().length <= 30],
]

const rulesOf = (f: GateFields): GateRules => ({
  people: f.people,
  vehicles: f.vehicles,
  temperature: f.temperature,
  feverAbove: f.temperature ? Math.round(number(f.feverAbove) * 10) / 10 : gateDefaults.feverAbove,
  code: f.code,
  purpose: f.purpose,
  couriers: f.couriers,
  ...(f.limited ? { opens: f.opens, closes: f.closes } : {}),
  visitorMinutes: number(f.visitorMinutes),
  deliveryMinutes: number(f.deliveryMinutes),
  ...(f.parkingSpaces.trim() ? { parkingSpaces: number(f.parkingSpaces) } : {}),
  ...(f.province ? { province: f.province } : {}),
  ...(f.doctorPhone.trim() ? { doctorPhone: f.doctorPhone.trim() } : {}),
})

/** The gate's post as typed; `place` is its compound. What the form does not know of the rules is kept. */
export function readGate(
  fields: GateFields,
  place: string,
  known: GateRules = {},
): Read<Post, keyof GateFields> {
  const errors: GateErrors = {}
  for (const [field, key, holds] of tests) if (!holds(fields)) errors[field] ??= key
  if (Object.keys(errors).length > 0) return { ok: false, errors }
  const asked = ['opens', 'closes', 'parkingSpaces', 'province', 'doctorPhone']
  const kept = Object.fromEntries(Object.entries(known).filter(([key]) => !asked.includes(key)))
  const body = { type: 'gate', name: fields.name.trim(), place, gate: { ...kept, ...rulesOf(fields) } }
  const judged = v.safeParse(PostSchema, body)
  return judged.success
    ? { ok: true, value: judged.output }
    : { ok: false, errors: { name: body.name.length > 80 ? 'desk.tooLong' : 'desk.notAccepted' } }
}
