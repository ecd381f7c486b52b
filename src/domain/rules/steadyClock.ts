/** What is remembered of the centre's clock, ms. */
export interface ClockSeen {
  /** When it was last believed. */
  at: number
  /** It says something that can't follow from `at`: since when, and when that was last looked at. Both as it says now. */
  doubt?: { since: number; at: number } | undefined
}

const dayMs = 86_400_000
/** Switched off for longer, a machine has been away; or its clock is wrong. */
const leapMs = 8 * dayMs
/** Set back by more than a correction. */
const backMs = 3_600_000
/** A clock that goes on as it should for so long is believed. */
const doubtMs = 3 * dayMs

const follows = (from: number, now: number): boolean => now >= from - backMs && now <= from + leapMs

/**
 * May what is past its time be erased by this clock? A machine whose battery is empty may start years away, and what was
 * erased does not come back: after a leap nothing is, until the clock has gone on steadily for three days.
 */
export function lookAtClock(seen: ClockSeen | null, now: number): { seen: ClockSeen; believed: boolean } {
  if (!seen || follows(seen.at, now)) return { seen: { at: now }, believed: true }
  const { doubt } = seen
  if (!doubt || !follows(doubt.at, now))
    return { seen: { at: seen.at, doubt: { since: now, at: now } }, believed: false }
  if (now - doubt.since >= doubtMs) return { seen: { at: now }, believed: true }
  return { seen: { at: seen.at, doubt: { since: doubt.since, at: now } }, believed: false }
}
