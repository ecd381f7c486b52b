import { quiet } from './quiet.ts'

interface Alarm {
  at: number
  order: number
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
  let order = 0
  const alarms = new Set<Alarm>()

  const nextBefore = (end: number): Alarm | undefined =>
    [...alarms].filter((alarm) => alarm.at <= end).sort((a, b) => a.at - b.at || a.order - b.order)[0]

  return {
    now: () => now,
    after(delayMs, run) {
      const alarm = { at: now + Math.max(0, delayMs), order: order++, run }
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
