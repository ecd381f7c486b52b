import type { Clock } from './clock.ts'

/** What a phone knows of the centre's time. */
export interface Offset {
  /** Centre time minus device time, ms. */
  offMs: number
  /** Device time when it was learned, ms. */
  learnedAt: number
}

/** The two clocks may differ by this much between two looks before a jump is believed. */
const jumpAboveMs = 2000

export interface ClockKeeper {
  /** Device time, ms. */
  now(): number
  mono(): number
  /** Device time plus the known offset, ms. */
  corrected(): number
  offset(): Offset | null
  /** True once the centre has said its time since this began: only then is `corrected` sure of the date. */
  sure(): boolean
  /** Age of the offset, ms, at least 0. */
  ageMs(): number
  /**
   * What was learned earlier, perhaps by another tab. Where that is still to come, the clock was set back while nobody
   * looked, such as by an empty battery: it is at least as late as it was then.
   */
  set(offset: Offset): void
  /** Learns from an answer: the centre's time and when (mono) the question was sent. */
  learn(centreTime: number, sentMono: number): Offset
  /** The page was hidden or frozen: until the next look, time running ahead may be the device's sleep. */
  slept(): void
}

/**
 * Watches for somebody setting the device's clock while the app runs: then the known offset moves by as much.
 * A clock that runs ahead of `mono` after a sleep is no such case, since `mono` may have stood still.
 */
export function createClockKeeper(clock: Clock): ClockKeeper {
  let known: Offset | null = null
  let last = { now: clock.now(), mono: clock.mono() }
  let asleep = false
  let heard = false

  function look() {
    const [now, mono] = [clock.now(), clock.mono()]
    const drift = now - last.now - (mono - last.mono)
    const believed = drift < -jumpAboveMs || (drift > jumpAboveMs && !asleep)
    if (known && believed)
      known = { offMs: Math.round(known.offMs - drift), learnedAt: Math.round(known.learnedAt + drift) }
    last = { now, mono }
    asleep = false
    return now
  }

  return {
    now: look,
    mono: clock.mono,
    corrected: () => look() + (known?.offMs ?? 0),
    offset: () => known,
    sure: () => heard,
    ageMs: () => (known ? Math.max(0, Math.round(look() - known.learnedAt)) : 0),
    set: ({ offMs, learnedAt }) => {
      const backMs = Math.max(0, Math.round(learnedAt - look()))
      known = { offMs: offMs + backMs, learnedAt: learnedAt - backMs }
    },
    learn(centreTime, sentMono) {
      const now = look()
      heard = true
      const halfTrip = (clock.mono() - sentMono) / 2
      known = { offMs: Math.round(centreTime + halfTrip - now) + 0, learnedAt: now }
      return known
    },
    slept: () => {
      asleep = true
    },
  }
}
