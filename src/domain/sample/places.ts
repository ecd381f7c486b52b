import type { Draft } from '../entry.ts'
import type { PlaceId, PostId } from '../ids.ts'
import { logbookId } from '../logbooks.ts'
import type { Place } from '../kinds/place.ts'
import type { GateRules, Post } from '../kinds/post.ts'
import { makeShortCode } from '../rules/duty/shortCode.ts'
import { times, type Dice } from './random.ts'
import type { StaffedPost } from './roster.ts'
import { communityName, compounds, furtherPosts, type CompoundPlan, type PostPlan } from './town.ts'

export interface SampleGate {
  id: PostId
  share: number
  rules: GateRules
  /** Nothing is reported from this gate after this time, ms. */
  silentSince: number
}
export interface SampleCompound {
  id: PlaceId
  plan: CompoundPlan
  buildings: readonly PlaceId[]
  gates: readonly [SampleGate, ...SampleGate[]]
}
export interface SampleGround {
  community: PlaceId
  zone: string
  /** The sample's last moment, ms. */
  now: number
}

const hourMs = 3_600_000

/** Ids of everything that stands still. Drawn first, so that all later drafts can name them. */
export const layOut = (dice: Dice, { now }: SampleGround): SampleCompound[] =>
  compounds.map((plan) => {
    const gates = plan.gates.map((gate) => ({
      id: dice.uuid(now),
      share: gate.share,
      rules: gate.rules,
      silentSince: gate.silentHours === undefined ? Infinity : now - gate.silentHours * hourMs,
    }))
    const [first, ...rest] = gates
    if (!first) throw new Error(`${plan.name} has no gate`)
    return {
      id: dice.uuid(now),
      plan,
      buildings: times(plan.buildings, () => dice.uuid(now)),
      gates: [first, ...rest],
    }
  })

/** The community, its compounds and their buildings, wider ones first. */
export function placeDrafts(ground: SampleGround, town: readonly SampleCompound[]): Draft[] {
  const logbook = logbookId('duty', ground.community)
  const place = (record: PlaceId, body: Place): Draft => ({ kind: 'place', logbook, record, body })
  const parent = ground.community
  return [
    place(ground.community, { level: 'community', name: communityName, zone: ground.zone, sample: true }),
    ...town.map((c) => place(c.id, { level: 'compound', name: c.plan.name, parent })),
    ...town.flatMap((c) =>
      c.buildings.map((id, at) => place(id, { level: 'building', name: `${at + 1}号楼`, parent: c.id })),
    ),
  ]
}

/** Further posts with an id each, so that turns can name them. */
export const furtherStaffed = (dice: Dice, { now }: SampleGround): StaffedPost[] =>
  furtherPosts.map((plan) => ({ id: dice.uuid(now), ...plan }))

const someCode = (dice: Dice): string => makeShortCode(Uint8Array.from(times(7, () => dice.between(0, 255))))

/** Hours from the first span's beginning to the last one's end; none where that is round the clock. */
function postOf(dice: Dice, ground: SampleGround, { name, type, spans, heads, skills }: PostPlan): Post {
  const [opens, closes] = [spans[0]?.from, spans.at(-1)?.to]
  return {
    ...{ name, type, heads, place: ground.community, code: someCode(dice) },
    ...(opens && closes && opens !== closes ? { opens, closes } : {}),
    ...(skills ? { skills: [...skills] } : {}),
  }
}

/** Gates under their compounds, then the community's further posts. */
export function postDrafts(
  dice: Dice,
  ground: SampleGround,
  town: readonly SampleCompound[],
  further: readonly StaffedPost[],
): Draft[] {
  const logbook = logbookId('duty', ground.community)
  const post = (record: PostId, body: Post): Draft => ({ kind: 'post', logbook, record, body })
  return [
    ...town.flatMap((c) =>
      c.gates.map((gate, at) =>
        post(gate.id, {
          type: 'gate',
          name: c.plan.gates[at]?.name ?? '',
          place: c.id,
          gate: { ...gate.rules },
          code: someCode(dice),
        }),
      ),
    ),
    ...further.map(({ id, ...plan }) => post(id, postOf(dice, ground, plan))),
  ]
}
