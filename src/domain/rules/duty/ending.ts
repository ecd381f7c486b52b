import type { DutyBook, Stay, Turn } from './book.ts'
import { cameAt } from './book.ts'

/**
 * What ended a stay. `out`: they scanned or were scanned out. `said`: somebody said later when it was. `auto`: nobody
 * checked out, and it was closed as if they had gone when they were due to.
 */
export type Ending = { at: number; how: 'out' | 'said' | 'auto' } | null

const minuteMs = 60_000
/** So long after the end of a turn somebody may still be handing over and is taken to be there. */
export const graceMs = 30 * minuteMs
/** Nobody stands longer at a post without a turn: after this it is taken for a forgotten check-out. */
export const longestUnplannedMs = 12 * 60 * minuteMs

/**
 * How a stay ended by `now`, corrected ms; null = they are still there. `turn` is the one that the stay was understood
 * as (`turnOf`). Of several check-outs the first to arrive counts, since a change of it is an amendment; no stay ends
 * before it began. Unplanned stays, and those that began after their turn was over, close twelve hours after their
 * beginning: when they really ended nobody knows, so they bring no hours (`minutesOf`).
 */
export function endOf(stay: Stay, turn: Turn | undefined, now: number): Ending {
  const came = cameAt(stay)
  const [out] = stay.outs
  if (out) {
    const { left } = out.body
    return left === undefined
      ? { at: Math.max(came, out.fact.at), how: 'out' }
      : { at: Math.max(came, left), how: 'said' }
  }
  const { at, from } = closingOf(stay, turn)
  return now >= from ? { at, how: 'auto' } : null
}

/** A turn, as far as it tells when whoever came for it leaves. */
type Ends = { body: Pick<Turn['body'], 'ends'> }

/** When a stay without a check-out is taken to have ended, and from when on that is so; corrected ms. */
export function closingOf(stay: Stay, turn: Ends | undefined): { at: number; from: number } {
  if (isPlanned(stay, turn)) return { at: turn.body.ends, from: turn.body.ends + graceMs }
  const latest = cameAt(stay) + longestUnplannedMs
  return { at: latest, from: latest }
}

/** Did the stay begin before its turn was over, so that the turn's end says when it was to end? */
export const isPlanned = <T extends Ends>(stay: Stay, turn: T | undefined): turn is T =>
  turn !== undefined && cameAt(stay) < turn.body.ends

/** The turn that a stay was understood as, also where it was cancelled since; none = unplanned or not known here. */
export const turnOf = (book: DutyBook, stay: Stay): Turn | undefined =>
  stay.body.shift === undefined ? undefined : book.turns.get(stay.body.shift)
