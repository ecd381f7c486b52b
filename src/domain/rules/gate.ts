import type { GateRules } from '../kinds/post.ts'

/** A gate's rules with nothing left open; the units are those of `GateRules`. */
export interface GateSettings {
  people: boolean
  vehicles: boolean
  temperature: boolean
  feverAbove: number
  code: boolean
  purpose: boolean
  couriers: 'admit' | 'refuse'
  visitorMinutes: number
  deliveryMinutes: number
  opens?: string
  closes?: string
  parkingSpaces?: number
  province?: string
  doctorPhone?: string
}

/**
 * What holds where a gate says nothing. Temperature and codes are off until a community turns them on; 37.3 °C
 * is the threshold of a provincial rule that acts on readings above it.
 */
export const gateDefaults = {
  people: true,
  vehicles: true,
  temperature: false,
  feverAbove: 37.3,
  code: false,
  purpose: true,
  couriers: 'admit',
  visitorMinutes: 240,
  deliveryMinutes: 30,
} as const satisfies GateSettings

type Given = { [K in keyof GateRules]?: Exclude<GateRules[K], undefined> }

/** What a gate says, without what it leaves open (undefined, or null from a patch that took a field away). */
const given = (rules: GateRules): Partial<GateSettings> => {
  const entries = Object.entries(rules).filter(([, value]) => value !== undefined && value !== null)
  const result: Given = Object.fromEntries(entries)
  return result
}

/** A gate's rules with the defaults filled in. A gate that asks for neither people nor vehicles asks for both. */
export function gateSettings(rules: GateRules | undefined): GateSettings {
  const settings: GateSettings = { ...gateDefaults, ...given(rules ?? {}) }
  return settings.people || settings.vehicles ? settings : { ...settings, people: true, vehicles: true }
}
