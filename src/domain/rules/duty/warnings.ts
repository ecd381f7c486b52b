import type { MemberId } from '../../ids.ts'
import type { Turn } from './book.ts'
import { lacking, type Staffed } from './roster.ts'

/** What speaks against giving a turn to somebody. Nothing is refused: a coordinator may know better. */
export type Warning =
  | { why: 'overlap'; turn: Turn }
  /** Longest time off within 24 hours, ms. */
  | { why: 'rest'; restMs: number }
  | { why: 'skills'; missing: readonly string[] }

const hourMs = 3_600_000
/** Everybody has so long off in one piece within any 24 hours that begin with a turn. */
export const leastRestMs = 8 * hourMs

const overlaps = (a: Turn, b: Turn): boolean => a.body.starts < b.body.ends && b.body.starts < a.body.ends

/** The longest time without a turn from `from` on, within 24 hours, ms. Turns by their start. */
function longestRest(turns: readonly Turn[], from: number): number {
  const until = from + 24 * hourMs
  let [free, longest] = [from, 0]
  for (const { body } of turns) {
    if (body.ends <= from || body.starts >= until) continue
    longest = Math.max(longest, body.starts - free)
    free = Math.max(free, body.ends)
  }
  return Math.max(longest, until - free)
}

function restWith(turn: Turn, held: readonly Turn[]): number {
  const near = [turn, ...held]
    .filter(
      ({ body }) => body.ends > turn.body.starts - 24 * hourMs && body.starts < turn.body.ends + 24 * hourMs,
    )
    .sort((a, b) => a.body.starts - b.body.starts)
  // Only windows that this turn is part of say something about this turn.
  const windows = near.filter(
    ({ body }) => body.starts <= turn.body.starts && body.starts > turn.body.starts - 24 * hourMs,
  )
  return Math.min(24 * hourMs, ...windows.map(({ body }) => longestRest(near, body.starts)))
}

/** What speaks against `turn` for somebody with these skills who has the turns `held`. */
export function warningsFor(turn: Turn, held: readonly Turn[], skills: readonly string[]): Warning[] {
  const others = held.filter((one) => one.fact.id !== turn.fact.id)
  const clash = others.find((one) => overlaps(one, turn))
  const restMs = restWith(turn, others)
  const missing = lacking(turn, skills)
  return [
    ...(clash ? [{ why: 'overlap' as const, turn: clash }] : []),
    ...(!clash && restMs < leastRestMs ? [{ why: 'rest' as const, restMs }] : []),
    ...(missing.length > 0 ? [{ why: 'skills' as const, missing }] : []),
  ]
}

/** The turns that each person holds among these, or has asked for. Who stands in line for one has it not. */
export function heldBy(list: readonly Staffed[]): Map<MemberId, Turn[]> {
  const held = new Map<MemberId, Turn[]>()
  for (const { turn, seats } of list)
    for (const { member } of [...seats.holders, ...seats.waiting.filter((seat) => !seat.decided)])
      held.set(member, [...(held.get(member) ?? []), turn])
  return held
}
