import type { Random } from '../platform/random.ts'
import type { Timers } from '../platform/timers.ts'

/** `again`: there is more to do; `idle`: nothing until woken. */
export type Step = 'again' | 'idle' | { failed: string; retryAfterMs?: number }

export interface Loop {
  /** There may be something to do. While it waits after a failure, shortens the wait to the first step. */
  wake(): void
  /** Do it now, whatever failed before: a tap, `online`, the page became visible. */
  urge(): void
  stop(): void
}

export interface LoopOptions {
  timers: Timers
  random: Random
  step: (signal: AbortSignal) => Promise<Step>
  /** A step that takes longer has hung: it is given up and another begins. Null: a step may take for ever. */
  hungAfterMs: number | null
}

const firstWaitMs = 2_000
const lastWaitMs = 5 * 60_000

/** 2 s doubling to 5 min; the jitter takes off up to half, so that phones don't come back in step. */
export const waitMs = (failures: number, unit: number): number =>
  Math.min(lastWaitMs, firstWaitMs * 2 ** Math.min(failures - 1, 20)) * (1 - unit / 2)

/** Runs steps one after another, never two at a time (but for one that has hung). */
export function createLoop({ timers, random, step, hungAfterMs }: LoopOptions): Loop {
  let failures = 0
  let running: AbortController | null = null
  let wanted = false
  let urged = false
  let stopped = false
  let waiting: { cancel: () => void; asked: boolean } | null = null

  function begin() {
    if (running || stopped) return
    waiting?.cancel()
    waiting = null
    wanted = false
    urged = false
    const turn = new AbortController()
    running = turn
    const cancel =
      hungAfterMs === null ? () => undefined : timers.after(hungAfterMs, () => ended({ failed: 'hung' }))
    const ended = (result: Step) => {
      if (running !== turn) return
      cancel()
      running = null
      turn.abort()
      next(result)
    }
    step(turn.signal).then(ended, (cause: unknown) => ended({ failed: String(cause) }))
  }

  function next(result: Step) {
    if (stopped) return
    // What was urged while the failing step ran was not answered by it.
    if (typeof result === 'object' && urged) begin()
    else if (typeof result === 'object') {
      failures += 1
      wait(result.retryAfterMs)
    } else {
      failures = 0
      if (result === 'again' || wanted) begin()
    }
  }

  function wait(asked?: number) {
    const delayMs = Math.max(asked ?? 0, waitMs(failures, random.unit()))
    waiting = { cancel: timers.after(delayMs, begin), asked: asked !== undefined }
  }

  return {
    wake() {
      wanted = true
      if (waiting && !waiting.asked && failures > 1) {
        waiting.cancel()
        failures = 1
        wait()
      } else if (!waiting) begin()
    },
    urge() {
      wanted = true
      urged = true
      failures = 0
      begin()
    },
    stop() {
      stopped = true
      waiting?.cancel()
      running?.abort()
      running = null
    },
  }
}
