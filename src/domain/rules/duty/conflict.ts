import type { EntryId, PostId } from '../../ids.ts'
import type { Position } from '../../kinds/post.ts'
import type { Stay, Turn } from './book.ts'
import { cameAt } from './book.ts'
import { endOf } from './ending.ts'
import { distanceM } from './position.ts'

/**
 * The same person twice. `travel`: seen at two posts sooner than anybody could get from one to the other; `overlap`:
 * still signed in at the one when they came to the other; `twice`: signed in at one post while they were already. The
 * time of both counts once (`countedOf`).
 */
export interface Conflict {
  /** In the order in which they began. */
  stays: readonly [Stay, Stay]
  how: 'travel' | 'overlap' | 'twice'
}

export interface ConflictContext {
  turnOf(stay: Stay): Turn | undefined
  positionOf(post: PostId): Position | undefined
  /** Corrected ms. */
  now: number
}

/** Metres per minute by scooter through a town, 40 km/h: nobody is suspected for being quick. */
const fastestMPerMinute = 667
const minuteMs = 60_000

/** The least time from one post to another, ms; 0 where one of them was never measured. */
export function travelMs(from: Position | undefined, to: Position | undefined): number {
  if (!from || !to) return 0
  const between = Math.max(0, distanceM(from, to) - from.radiusM - to.radiusM)
  return (between / fastestMPerMinute) * minuteMs
}

/** When they were last seen at the first post before they came to the second: at its end, if somebody saw that. */
function lastSeen(stay: Stay, turn: Turn | undefined, now: number): number {
  const ending = endOf(stay, turn, now)
  return ending?.how === 'out' ? ending.at : cameAt(stay)
}

function between(a: Stay, b: Stay, context: ConflictContext): Conflict['how'] | null {
  const turn = context.turnOf(a)
  const arrived = cameAt(b)
  const goesOn = (endOf(a, turn, context.now)?.at ?? Infinity) > arrived
  if (a.body.post === b.body.post) return goesOn ? 'twice' : null
  const least = travelMs(context.positionOf(a.body.post), context.positionOf(b.body.post))
  const seen = lastSeen(a, turn, context.now)
  if (seen <= arrived && arrived - seen < least) return 'travel'
  return goesOn ? 'overlap' : null
}

/** Conflicts among the stays of one person, which stand in order of their beginning. */
export function conflictsOf(stays: readonly Stay[], context: ConflictContext): Conflict[] {
  return stays.flatMap((b, at) =>
    stays.slice(0, at).flatMap((a) => {
      const how = between(a, b, context)
      return how ? [{ stays: [a, b] as const, how }] : []
    }),
  )
}

/** Conflicts by the id of either of their stays. */
export function conflictsById(found: readonly Conflict[]): Map<EntryId, Conflict[]> {
  const byId = new Map<EntryId, Conflict[]>()
  for (const conflict of found)
    for (const { fact } of conflict.stays) byId.set(fact.id, [...(byId.get(fact.id) ?? []), conflict])
  return byId
}
