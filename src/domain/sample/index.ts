import type { Draft } from '../entry.ts'
import { dutyFacts, unitDrafts } from './duty.ts'
import { weightedHours, type Scene } from './journeys.ts'
import { fever, passages, type SampleFact, type SamplePassage } from './passages.ts'
import { homeDrafts, homesOf, memberDrafts, type SampleHome } from './people.ts'
import {
  furtherStaffed,
  layOut,
  placeDrafts,
  postDrafts,
  type SampleCompound,
  type SampleGround,
} from './places.ts'
import { rosterDrafts, sampleTurns, volunteersOf } from './roster.ts'
import { dice as roll, times, type Dice } from './random.ts'
import { correction, handovers } from './shifts.ts'

export interface SampleRequest extends SampleGround {
  /** The same seed, community, zone and moment give the same drafts, ids included. */
  seed: number
}

const feversPerCompound = 2
const correctionsPerCompound = 4

const byTime = (a: { at: number }, b: { at: number }): number => a.at - b.at

/** Passages spread evenly over the list, the last of them near its end. */
const spread = (facts: readonly SamplePassage[], count: number): SamplePassage[] =>
  times(count, (n) => facts[Math.floor((facts.length * (n + 0.85)) / count)]).filter((f) => f !== undefined)

function gateFacts(scene: Scene): SampleFact[] {
  const passed = passages(scene).sort(byTime)
  const measured = passed.filter((f) => f.body.celsius !== undefined && f.body.decision === 'admit')
  const ill = new Set(spread(measured, feversPerCompound))
  const wrong = spread(
    passed.filter((f) => !ill.has(f) && f.body.purpose === 'visitor'),
    correctionsPerCompound,
  )
  return [
    ...passed.filter((f) => !ill.has(f)),
    ...[...ill].flatMap((f) => fever(scene, f)),
    ...wrong.map((f, n) => correction(scene, f, n)),
    ...handovers(scene, passed),
  ]
}

function factsOf(dice: Dice, ground: SampleGround, compound: SampleCompound, homes: SampleHome[]) {
  const [first, ...rest] = homes
  if (!first) return []
  return gateFacts({ dice, ground, compound, homes: [first, ...rest], hours: weightedHours(ground) })
}

/**
 * A neighbourhood that is plainly a sample: one community, 5 compounds with buildings, 9 gates and 10 further
 * posts, 1,000 households, 60 members, 5 units, three days before `now` at the gates and posts, and the roster of three
 * weeks. In the order in which it may be saved: places come before what stands in their logbooks, facts in order of time.
 */
export function sampleNeighbourhood(request: SampleRequest): Draft[] {
  const dice = roll(request.seed)
  const town = layOut(dice, request)
  const posts = furtherStaffed(dice, request)
  const members = memberDrafts(dice, request, town)
  const still = [...placeDrafts(request, town), ...postDrafts(dice, request, town, posts), ...members]
  const turns = sampleTurns(dice, request, posts, volunteersOf(members))
  const { units, signIns } = unitDrafts(dice, request)
  const homes = town.map((compound) => ({ compound, homes: homesOf(dice, request, compound) }))
  const facts = [
    ...rosterDrafts(dice, request, turns),
    ...dutyFacts(dice, request, turns, posts),
    ...signIns,
    ...homes.flatMap((h) => factsOf(dice, request, h.compound, h.homes)),
  ].sort(byTime)
  return [...still, ...units, ...homes.flatMap((h) => homeDrafts(h.compound, h.homes)), ...facts]
}
