import { quiet } from './quiet.ts'

interface Alarm {
  at: number
  run: () => void
}

/** Time that passes only when the simulation says so. All clocks of a world hang on one. */
export interface VirtualTime {
  /** True time, ms since 1970. */
  now(): number
  after(delayMs: number, run: () => void): () => void
  /** Lets `ms` pass: each alarm at its time, everything it sets off to its end, then the next. */
  pass(ms: number): Promise<void>
}

export function virtualTime(start: number): VirtualTime {
  let now = start
  const alarms = new Set<Alarm>()

  /** Of those at the same time the one that was set first: a set keeps that order. */
  function nextBefore(end: number): Alarm | undefined {
    let next: Alarm | undefined
    for (const alarm of alarms) if (alarm.at <= end && (!next || alarm.at < next.at)) next = alarm
    return next
  }

  return {
    now: () => now,
    after(delayMs, run) {
      const alarm = { at: now + Math.max(0, delayMs), run }
      alarms.add(alarm)
      return () => alarms.delete(alarm)
    },
    async pass(ms) {
      const end = now + ms
      await quiet()
      for (let alarm = nextBefore(end); alarm; alarm = nextBefore(end)) {
        alarms.delete(alarm)
        now = Math.max(now, alarm.at)
        alarm.run()
        await quiet()
      }
      now = end
    },
  }
}
