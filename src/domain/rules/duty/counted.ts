import type { EntryId } from '../../ids.ts'
import type { Stay, Turn } from './book.ts'
import { cameAt } from './book.ts'
import { endOf } from './ending.ts'
import { minutesOf, type Minutes } from './hours.ts'
import type { StrengthContext } from './strength.ts'

const minuteMs = 60_000
type Interval = readonly [from: number, to: number]

/** What of an interval none of the taken ones covers, ms. */
function uncovered([from, to]: Interval, taken: readonly Interval[]): number {
  let [free, reached] = [0, from]
  for (const [begin, end] of [...taken].sort((a, b) => a[0] - b[0])) {
    free += Math.max(0, Math.min(begin, to) - reached)
    reached = Math.max(reached, Math.min(end, to))
  }
  return free + Math.max(0, to - reached)
}

/**
 * The minutes of each stay as they are added up, by its id, at `now` (corrected ms): time for which one person was
 * signed in twice counts once, for a stay that is confirmed where there is one. Who is no member counts as written down.
 */
export function countedOf(
  stays: readonly Stay[],
  turnOf: (stay: Stay) => Turn | undefined,
  now: number,
  context: StrengthContext = {},
): Map<EntryId, Minutes> {
  const taken = new Map<string, Interval[]>()
  const counted = new Map<EntryId, Minutes>()
  const all = stays.map((stay) => ({ stay, its: minutesOf(stay, turnOf(stay), now, context) }))
  all.sort((a, b) => Number(b.its.confirmed) - Number(a.its.confirmed) || cameAt(a.stay) - cameAt(b.stay))
  for (const { stay, its } of all) {
    const { member } = stay.body
    const from = cameAt(stay)
    const to = endOf(stay, turnOf(stay), now)?.at ?? now
    counted.set(stay.fact.id, its)
    if (member === undefined || !its.known || to <= from) continue
    const before = taken.get(member) ?? []
    const minutes = Math.floor(uncovered([from, to], before) / minuteMs)
    counted.set(stay.fact.id, { ...its, minutes })
    taken.set(member, [...before, [from, to]])
  }
  return counted
}
