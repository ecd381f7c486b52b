import type { Clock } from '../../src/client/platform/clock.ts'
import type { Timers } from '../../src/client/platform/timers.ts'

/** Time that stands still until told to pass. `set` moves the wall clock alone, as a person would. */
export interface VirtualTime {
  clock: Clock
  timers: Timers
  /** Lets time pass; timers that come due run in their order. */
  pass(ms: number): void
  set(now: number): void
}

interface Timer {
  at: number
  run: () => void
}

export function virtualTime(start = 1_790_000_000_000): VirtualTime {
  let [mono, wall] = [0, start]
  const timers = new Set<Timer>()
  const due = (until: number) => [...timers].filter(({ at }) => at <= until).sort((a, b) => a.at - b.at)[0]
  return {
    clock: { now: () => wall, mono: () => mono },
    timers: {
      after(delayMs, run) {
        const timer = { at: mono + delayMs, run }
        timers.add(timer)
        return () => timers.delete(timer)
      },
    },
    pass(ms) {
      const end = mono + ms
      for (let next = due(end); next; next = due(end)) {
        timers.delete(next)
        wall += next.at - mono
        mono = next.at
        next.run()
      }
      wall += end - mono
      mono = end
    },
    set: (now) => {
      wall = now
    },
  }
}
