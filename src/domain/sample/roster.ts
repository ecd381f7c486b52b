import type { Draft } from '../entry.ts'
import type { EntryId, MemberId, PostId } from '../ids.ts'
import type { Assignment } from '../kinds/assignment.ts'
import type { Claim } from '../kinds/claim.ts'
import type { Shift } from '../kinds/shift.ts'
import { logbookId } from '../logbooks.ts'
import { hourMs } from '../rules/boardDays.ts'
import { spanOn, type Span } from '../rules/duty/plan.ts'
import { addDays, mondayOf } from '../rules/localMoment.ts'
import { localTime } from '../rules/localTime.ts'
import type { SampleFact } from './passages.ts'
import type { SampleGround } from './places.ts'
import { times, type Dice } from './random.ts'
import type { PostPlan } from './town.ts'

/** A post and when it is staffed, how many at a time. */
export interface StaffedPost extends PostPlan {
  id: PostId
}

/** Somebody who stands at posts. */
export interface SamplePerson {
  id: MemberId
  name: string
}

/** A turn of the sample with who holds a place in it. */
export interface SampleTurn {
  id: EntryId
  body: Shift
  holders: readonly SamplePerson[]
}

const weeks = 3

/** Chance that a place is taken, by days from today: what is over was staffed, what comes has gaps. */
const taken = (days: number): number => (days < 0 ? 0.97 : days < 2 ? 0.8 : days < 7 ? 0.6 : 0.3)

/** The days of last, this and next week. */
export function sampleDays({ now, zone }: SampleGround): string[] {
  const monday = addDays(mondayOf(localTime(now, zone).day), -7)
  return times(weeks * 7, (n) => addDays(monday, n))
}

interface Slot {
  post: StaffedPost
  span: Span
  day: string
  /** Days from today. */
  ahead: number
}

function slots(ground: SampleGround, posts: readonly StaffedPost[]): Slot[] {
  const days = sampleDays(ground)
  const today = days.indexOf(localTime(ground.now, ground.zone).day)
  return days.flatMap((day, n) =>
    posts.flatMap((post) => post.spans.map((span) => ({ post, span, day, ahead: n - today }))),
  )
}

/** Turns at the further posts, people going round so that nobody has two on a day. */
export function sampleTurns(
  dice: Dice,
  ground: SampleGround,
  posts: readonly StaffedPost[],
  people: readonly SamplePerson[],
): SampleTurn[] {
  let at = 0
  const someone = (): SamplePerson[] => {
    const next = people[at++ % people.length]
    return next ? [next] : []
  }
  return slots(ground, posts).map(({ post, span, day, ahead }) => ({
    id: dice.uuid(ground.now),
    body: {
      post: post.id,
      ...spanOn(day, span, ground.zone),
      heads: post.heads,
      ...(post.skills ? { skills: [...post.skills] } : {}),
    },
    holders: times(post.heads, () => (dice.chance(taken(ahead)) ? someone() : [])).flat(),
  }))
}

type Seat = Assignment | Claim

/** Some were assigned, others took their turn themselves; the first of two or more leads. */
function seatOf(dice: Dice, turn: SampleTurn, person: SamplePerson, first: boolean): [string, Seat] {
  const who = { shift: turn.id, member: person.id, name: person.name }
  const leads = first && turn.body.heads > 1
  return leads || dice.chance(0.6)
    ? ['assignment', { ...who, act: 'assign', placement: 'manual', ...(leads ? { leads } : {}) }]
    : ['claim', { ...who, act: 'take' }]
}

/** The turns and who has them, as entries of the sample's first hours. */
export function rosterDrafts(dice: Dice, ground: SampleGround, turns: readonly SampleTurn[]): SampleFact[] {
  const logbook = logbookId('duty', ground.community)
  const [made, given] = [ground.now - 71 * hourMs, ground.now - 70 * hourMs]
  const shifts = turns.map((turn, n) => ({
    id: turn.id,
    kind: 'shift',
    logbook,
    at: made + n,
    body: { ...turn.body },
  }))
  const seats = turns
    .flatMap((turn) => turn.holders.map((person, n) => seatOf(dice, turn, person, n === 0)))
    .map(([kind, body], n) => ({
      id: dice.uuid(ground.now),
      kind,
      logbook,
      at: given + n,
      body: { ...body },
    }))
  return [...shifts, ...seats]
}

/** Those of the members who stand at posts as volunteers. */
export const volunteersOf = (members: readonly Draft[]): SamplePerson[] =>
  members.flatMap(({ record, body }) => {
    const grants: unknown = body['grants']
    const volunteers =
      Array.isArray(grants) && grants.some((grant: { role?: string }) => grant.role === 'volunteer')
    return record && volunteers ? [{ id: record, name: String(body['name']) }] : []
  })
