import { hourMs } from './boardDays.ts'
import { isOpen } from './hours.ts'
import { localTime } from './localTime.ts'

/**
 * One hour of a day. `counted`: that many entries, also a known zero. `silent`: nothing was heard that would tell
 * zero from missing. `closed`: the gate is shut and nothing passed. `ahead`: not yet.
 */
export type HourState = 'counted' | 'silent' | 'closed' | 'ahead'
export interface HourBar {
  /** Start of the hour, ms. */
  from: number
  entries: number
  state: HourState
}

/** An open gate that nothing was heard of for longer than this counts as silent. */
export const silentAfterMs = 90 * 60_000

export interface HourSpan {
  gate: { opens?: string | undefined; closes?: string | undefined }
  zone: string
  now: number
  /** The day, ms; `to` is excluded. */
  from: number
  to: number
  /** First and last sign of life, ms. */
  heard: { from: number; to: number }
}

const openSometime = (gate: HourSpan['gate'], zone: string, from: number): boolean =>
  [0, 0.5, 0.99].some((part) => isOpen(gate, localTime(from + part * hourMs, zone).minute))

function stateOf(entries: number, from: number, span: HourSpan): HourState {
  if (entries > 0) return 'counted'
  if (from > span.now) return 'ahead'
  if (!openSometime(span.gate, span.zone, from)) return 'closed'
  const { heard, now } = span
  // The hour that is not over yet is only silent when the gate has been so for long enough to tell.
  const heardTo = from + hourMs > now ? heard.to + silentAfterMs : heard.to
  return heard.from < Math.min(from + hourMs, now) && heardTo > from ? 'counted' : 'silent'
}

/** The hours of a day, each with the number of times (ms) that fall into it. A day may have 23 or 25 hours. */
export function hourBars(times: readonly number[], span: HourSpan): HourBar[] {
  const entries = Array.from({ length: Math.round((span.to - span.from) / hourMs) }, () => 0)
  for (const at of times) {
    const hour = Math.floor((at - span.from) / hourMs)
    if (at >= span.from && hour < entries.length) entries[hour] = (entries[hour] ?? 0) + 1
  }
  return entries.map((count, hour) => {
    const from = span.from + hour * hourMs
    return { from, entries: count, state: stateOf(count, from, span) }
  })
}

/** The worst state of several gates in one hour stands for all, except that what was counted is shown. */
const together = (states: readonly HourState[]): HourState => {
  const order: HourState[] = ['ahead', 'counted', 'silent', 'closed']
  return order.find((state) => states.includes(state)) ?? 'silent'
}

/** Hour by hour over several gates. `silentGates` says how many of them were silent in that hour. */
export function sumBars(gates: readonly (readonly HourBar[])[]): (HourBar & { silentGates: number })[] {
  const [first = []] = gates
  return first.map(({ from }, hour) => {
    const bars = gates.flatMap((bars) => bars[hour] ?? [])
    return {
      from,
      entries: bars.reduce((sum, bar) => sum + bar.entries, 0),
      state: together(bars.map((bar) => bar.state)),
      silentGates: bars.filter((bar) => bar.state === 'silent').length,
    }
  })
}
