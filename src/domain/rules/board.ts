import type { PostId } from '../ids.ts'
import { dayAfter, dayBefore, dayStart, sameTimeBefore } from './boardDays.ts'
import { hourBars, type HourBar } from './boardHours.ts'
import type { Logged } from './logged.ts'

/** What a figure of the board counts, and what the logbook shows behind it: one rule for both. */
export const whats = ['passage', 'fever', 'refused', 'vehicle'] as const
export type What = (typeof whats)[number]

/** Corrections are applied, what was taken back is not counted, a repeated reading is not a second fever. */
export function counts(what: What, logged: Logged): boolean {
  if (logged.retracted) return false
  if (logged.kind === 'reading')
    return what === 'fever' && logged.body.fever && logged.body.about === undefined
  if (logged.kind !== 'passage') return false
  const { body } = logged
  if (what === 'passage') return true
  if (what === 'refused') return body.decision === 'refuse'
  if (what === 'vehicle') return body.subject === 'vehicle'
  if (body.repeats !== undefined) return false
  return body.reason === 'fever' || body.advice?.includes('fever') === true
}

/** The gate that an entry belongs to; undefined where this version can't tell. */
export const postOf = (logged: Logged): PostId | undefined =>
  logged.kind === 'newer' ? undefined : logged.body.post

/** A gate as the board needs it. */
export interface BoardGate {
  post: PostId
  /** `HH:MM` local; both or none. */
  opens?: string | undefined
  closes?: string | undefined
}

export interface BoardMoment {
  now: number
  zone: string
  /** When a phone of this gate's guards last spoke to the centre; null = not known. */
  heardAt: number | null
}

export interface GateFigures {
  post: PostId
  today: Record<What, number>
  /** Passages of yesterday up to the same time of the day. */
  yesterdayByNow: number
  /** When the last fever was logged; null = none since yesterday. */
  feverAt: number | null
  /** Fevers since the local midnight before that one (`from`, ms): those of today, or of last night. */
  fevers: { from: number; count: number }
  /** When the last entry was made; null = none since yesterday. */
  lastAt: number | null
  /** Up to here the gate's figures are known to be complete; null = nothing was heard since yesterday. */
  knownUntil: number | null
  hours: HourBar[]
  hoursYesterday: HourBar[]
}

const since = (items: readonly Logged[], from: number, to: number): Logged[] =>
  items.filter(({ fact }) => fact.at >= from && fact.at < to)

const tally = (items: readonly Logged[]): Record<What, number> => {
  const count = (what: What) => items.filter((item) => counts(what, item)).length
  return {
    passage: count('passage'),
    fever: count('fever'),
    refused: count('refused'),
    vehicle: count('vehicle'),
  }
}

const latest = (times: readonly number[]): number | null => (times.length > 0 ? Math.max(...times) : null)

/**
 * The figures of one gate from its entries since yesterday's local midnight. An hour without entries is zero only
 * where something later was heard from the gate; otherwise it is silence.
 */
export function gateFigures(gate: BoardGate, items: readonly Logged[], moment: BoardMoment): GateFigures {
  const { now, zone, heardAt } = moment
  const start = dayStart(now, zone)
  const before = dayBefore(start, zone)
  const times = items.map((item) => item.fact.at)
  const [firstAt, lastAt] = [Math.min(...times), Math.max(...times)]
  const known = Math.max(lastAt, heardAt ?? -Infinity)
  const today = since(items, start, Infinity)
  const feverTimes = items.filter((item) => counts('fever', item)).map((item) => item.fact.at)
  const feversFrom = feverTimes.some((at) => at >= start) ? start : before
  const passing = items.filter((item) => counts('passage', item)).map((item) => item.fact.at)
  const heard = { from: Math.min(firstAt, heardAt ?? Infinity), to: known }
  const bars = (from: number) => hourBars(passing, { gate, zone, now, from, to: dayAfter(from, zone), heard })
  return {
    post: gate.post,
    today: tally(today),
    yesterdayByNow: since(items, before, sameTimeBefore(now, zone)).filter((i) => counts('passage', i))
      .length,
    feverAt: latest(feverTimes),
    fevers: { from: feversFrom, count: feverTimes.filter((at) => at >= feversFrom).length },
    lastAt: latest(times),
    knownUntil: Number.isFinite(known) ? known : null,
    hours: bars(start),
    hoursYesterday: bars(before),
  }
}
