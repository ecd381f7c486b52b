import { pick, seeded, uuidv7, whole, type Random } from './random.ts'
import { firstNames, lastNames, notes, places, refusals, units } from './words.ts'

/** One entry of the workload, about 350 bytes of JSON, as every peer but the product stores it. */
export interface GateEntry {
  id: string
  kind: string
  place: (typeof places)[number]
  at: number
  direction: 'in' | 'out'
  subject: { type: 'person' | 'vehicle'; name: string; plate?: string; unit?: string }
  /** °C */
  temperature: number
  pass?: string
  decision: 'admit' | 'deny'
  reason?: (typeof refusals)[number]
  by: string
  device: string
  note: string
}

/** When the first entry of every device was made. */
export const firstAt = Date.UTC(2026, 4, 4, 5)

/** `n` entries; `seed` tells devices apart: same seed, same entries. */
export function entries(n: number, seed = 1): GateEntry[] {
  const random = seeded(seed * 7919 + 13)
  const device = `device-${String(seed).padStart(4, '0')}`
  let at = firstAt + seed * 11
  return Array.from({ length: n }, () => {
    at += 200 + whole(random, 2600)
    return entry(random, at, device)
  })
}

function entry(random: Random, at: number, device: string): GateEntry {
  const deny = random() < 0.03
  return {
    id: uuidv7(at, random),
    kind: 'gate.passage',
    place: pick(random, places),
    at,
    direction: random() < 0.5 ? 'in' : 'out',
    subject: subject(random),
    temperature: 36 + whole(random, 15) / 10,
    ...(random() < 0.6 ? { pass: `pass-${whole(random, 1e8).toString(36).padStart(6, '0')}` } : {}),
    decision: deny ? 'deny' : 'admit',
    ...(deny ? { reason: pick(random, refusals) } : {}),
    by: `volunteer-${String(whole(random, 400)).padStart(4, '0')}`,
    device,
    note: `${pick(random, notes)}, ref ${whole(random, 1e5)}`,
  }
}

function subject(random: Random): GateEntry['subject'] {
  const vehicle = random() < 0.2
  const name = `${pick(random, firstNames)} ${pick(random, lastNames)}`
  return {
    type: vehicle ? 'vehicle' : 'person',
    name,
    ...(vehicle ? { plate: plate(random) } : {}),
    ...(random() < 0.5 ? { unit: pick(random, units) } : {}),
  }
}

function plate(random: Random): string {
  const letters = [...'ABCDEFGHKLMNPRSTUVWXYZ']
  const two = () => pick(random, letters) + pick(random, letters)
  return `${two()}-${two()} ${100 + whole(random, 9900)}`
}
