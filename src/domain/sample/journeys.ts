import type { Passage } from '../kinds/passage.ts'
import { hourMs, localHour } from '../rules/boardDays.ts'
import { isOpen } from '../rules/hours.ts'
import { localTime } from '../rules/localTime.ts'
import { residentName, anySurname, samplePlate } from './names.ts'
import type { SampleHome } from './people.ts'
import type { SampleCompound, SampleGate, SampleGround } from './places.ts'
import { times, type Dice } from './random.ts'

/** One passage that is to be written: when, at which gate, and who. */
export interface Step {
  at: number
  gate: SampleGate
  who: Who
  way: Passage['way']
}
/** Somebody who leaves and comes back, or comes and leaves. */
export type Who = Pick<Passage, 'subject' | 'how'> &
  Partial<Pick<Passage, 'household' | 'home' | 'name' | 'plate' | 'purpose' | 'heads'>>

export const sampleHours = 72

/** Weight of each hour of the local day: a morning and an evening peak, a quiet night. */
const curve = [1, 1, 0, 0, 1, 4, 14, 34, 42, 26, 20, 22, 24, 18, 16, 18, 24, 38, 44, 30, 18, 10, 5, 2]

export interface Scene {
  dice: Dice
  ground: SampleGround
  compound: SampleCompound
  homes: readonly [SampleHome, ...SampleHome[]]
  /** One entry per weight of each of the sample's hours: picking evenly from it follows the curve. */
  hours: readonly [number, ...number[]]
}

/** Starts of the sample's hours, ms, each as often as its weight says. */
export function weightedHours({ now, zone }: SampleGround): [number, ...number[]] {
  const from = now - sampleHours * hourMs
  const hours = times(sampleHours, (h) => from + h * hourMs)
  return [from, ...hours.flatMap((at) => times(curve[localHour(at, zone)] ?? 0, () => at))]
}

export const someTime = ({ dice, hours }: Scene): number => dice.pick(hours) + dice.between(1, hourMs - 1)

/** A gate by its share of the traffic; the first one where that gate is shut or takes no vehicles. */
export function someGate({ dice, compound, ground }: Scene, at: number, who: Who): SampleGate {
  const [first, ...others] = compound.gates
  let left = dice.next()
  const drawn = [first, ...others].find((gate) => (left -= gate.share) < 0) ?? first
  const fits = who.subject === 'person' || drawn.rules.vehicles !== false
  return fits && isOpen(drawn.rules, localTime(at, ground.zone).minute) ? drawn : first
}

const step = (scene: Scene, at: number, way: Step['way'], who: Who): Step => ({
  at,
  gate: someGate(scene, at, who),
  who,
  way,
})

const minutes = (count: number): number => count * 60_000

/** A resident who goes out and comes home, on foot or by car. */
function resident(scene: Scene): Step[] {
  const { dice, homes } = scene
  const { id, body } = dice.pick(homes)
  const plate = dice.chance(0.45) ? body.plates?.[0] : undefined
  const base = { household: id, home: body.home, purpose: 'resident' as const }
  const name = body.people[dice.between(0, body.people.length - 1)]?.name ?? ''
  const who: Who = plate
    ? { subject: 'vehicle', how: 'plate', plate, ...base }
    : { subject: 'person', how: dice.chance(0.9) ? 'home' : 'name', name, ...base }
  const leaves = someTime(scene)
  return [step(scene, leaves, 'out', who), step(scene, leaves + minutes(dice.between(15, 200)), 'in', who)]
}

/** Somebody who comes to a home and leaves again; rarely one stays on past every limit. */
function caller(scene: Scene, purpose: 'visitor' | 'delivery' | 'service', longest: number): Step[] {
  const { dice, homes, ground } = scene
  const home = dice.pick(homes).body.home
  const name = residentName(dice, anySurname(dice))
  const drives = dice.chance(purpose === 'visitor' ? 0.25 : 0.4)
  const who: Who = drives
    ? { subject: 'vehicle', how: 'plate', plate: samplePlate(dice), home, purpose }
    : { subject: 'person', how: 'name', name, home, purpose }
  const comes = someTime(scene)
  const stays = comes > ground.now - 5 * hourMs && dice.chance(0.12)
  const leaves = comes + minutes(dice.between(8, longest))
  return [step(scene, comes, 'in', who), ...(stays ? [] : [step(scene, leaves, 'out', who)])]
}

/** All that happens at one compound's gates, in no order. Journeys per household in three days in the middle. */
export function journeys(scene: Scene): Step[][] {
  const of = (perHome: number, make: () => Step[]) =>
    times(Math.round(scene.homes.length * perHome), () => make())
  return [
    ...of(1.7, () => resident(scene)),
    ...of(0.24, () => caller(scene, 'visitor', 110)),
    ...of(0.28, () => caller(scene, 'delivery', 25)),
    ...of(0.06, () => caller(scene, 'service', 100)),
  ]
}
