import type { PostId } from '../../ids.ts'
import type { Shift } from '../../kinds/shift.ts'
import { addDays, daysBetween, mondayOf, momentOf, weekdayOf } from '../localMoment.ts'
import { clockMinutes, localTime } from '../localTime.ts'
import type { Turn } from './book.ts'

/** `HH:MM` each, by the community's clock. `to` at or before `from` is on the next day. */
export interface Span {
  from: string
  to: string
}

/** Turns to be made in one go: each of the spans, on each of the days, at each of the posts. */
export interface TurnPlan {
  posts: readonly PostId[]
  spans: readonly Span[]
  /** First and last local day, `2026-11-22`. */
  first: string
  last: string
  repeat: 'once' | 'daily' | 'weekly'
  /** For `weekly`: 0 = Monday; none = the weekday of the first day. */
  weekdays: readonly number[]
  heads: number
  skills: readonly string[]
  note: string
}

/** What is to be saved, and how many of it exist already and are left as they are. */
export interface Planned<T = Shift> {
  made: T[]
  there: number
}

/**
 * Nobody plans further ahead than phones keep turns, counted from when they were planned: the turn, or the last of a copied
 * week, is to be over by then. Days.
 */
export const planDaysAtMost = 60

/** May turns be planned for this local day, or for the week that begins with it? */
export const mayPlanOn = (day: string, today: string): boolean => daysBetween(today, day) <= planDaysAtMost

const minuteMs = 60_000

/** Start and end (ms) of a span that begins on a local day. Local times hold whatever the clocks do that night. */
export function spanOn(day: string, { from, to }: Span, zone: string): Pick<Shift, 'starts' | 'ends'> {
  const [begin, end] = [clockMinutes(from), clockMinutes(to)]
  const later = end > begin
  const starts = momentOf(day, begin, zone)
  const ends = momentOf(later ? day : addDays(day, 1), end, zone)
  // Only where the clocks jump over the whole of it.
  return { starts, ends: ends > starts ? ends : starts + (end - begin) * minuteMs }
}

/** The local days of a plan, at most `planDaysAtMost` after the first. */
export function plannedDays({ first, last, repeat, weekdays }: TurnPlan): string[] {
  if (repeat === 'once') return [first]
  const count = Math.min(daysBetween(first, last), planDaysAtMost) + 1
  const days = Array.from({ length: Math.max(0, count) }, (_, n) => addDays(first, n))
  const wanted = weekdays.length > 0 ? weekdays : [weekdayOf(first)]
  return repeat === 'daily' ? days : days.filter((day) => wanted.includes(weekdayOf(day)))
}

/** Two turns at one time that ask for other skills are two. */
const keyOf = ({ post, starts, ends, skills = [] }: Shift): string =>
  JSON.stringify([post, starts, ends, [...skills].sort()])

/** Leaves out what stands in the roster already, so that doing it twice doubles nothing. */
function fresh<T>(wanted: readonly T[], turns: readonly Turn[], shift: (one: T) => Shift): Planned<T> {
  const known = new Set(turns.map((turn) => keyOf(turn.body)))
  const made: T[] = []
  for (const one of wanted) {
    const key = keyOf(shift(one))
    if (!known.has(key)) made.push(one)
    known.add(key)
  }
  return { made, there: wanted.length - made.length }
}

/** The turns of a plan that `turns` (those of the roster) does not have yet, day by day. */
export function plannedShifts(plan: TurnPlan, turns: readonly Turn[], zone: string): Planned {
  const { heads, skills, note } = plan
  const more = {
    heads,
    ...(skills.length > 0 ? { skills: [...skills] } : {}),
    ...(note.trim() === '' ? {} : { note: note.trim() }),
  }
  const wanted = plannedDays(plan).flatMap((day) =>
    plan.posts.flatMap((post) =>
      plan.spans.map((span): Shift => ({ post, ...spanOn(day, span, zone), ...more })),
    ),
  )
  return fresh(wanted, turns, (shift) => shift)
}

/** A copied turn and the one that it was copied from, whose people may come along. */
export interface Copied {
  shift: Shift
  from: Turn
}

const moved = (at: number, days: number, zone: string): number => {
  const { day, minute } = localTime(at, zone)
  return momentOf(addDays(day, days), minute, zone)
}

/** Turns that start in the week of `from` (a Monday), once more in the week of `to`, at the same local times. */
export function copiedWeek(turns: readonly Turn[], from: string, to: string, zone: string): Planned<Copied> {
  const days = daysBetween(from, to)
  const wanted = turns
    .filter(({ body }) => mondayOf(localTime(body.starts, zone).day) === from)
    .map((turn): Copied => {
      const { series: _series, ...body } = turn.body
      const starts = moved(body.starts, days, zone)
      const ends = moved(body.ends, days, zone)
      return { shift: { ...body, starts, ends: Math.max(ends, starts + minuteMs) }, from: turn }
    })
  return fresh(wanted, turns, ({ shift }) => shift)
}

const clockOf = (minute: number): string => {
  const whole = ((Math.round(minute) % 1440) + 1440) % 1440
  return `${String(Math.floor(whole / 60)).padStart(2, '0')}:${String(whole % 60).padStart(2, '0')}`
}

/** A post's hours in equal parts, to the minute. Without hours it is staffed round the clock, from 08:00 to 08:00. */
export function splitHours(
  hours: { opens?: string | undefined; closes?: string | undefined },
  parts: number,
): Span[] {
  const opens = clockMinutes(hours.opens ?? '08:00')
  const closes = clockMinutes(hours.closes ?? hours.opens ?? '08:00')
  const length = closes > opens ? closes - opens : closes + 1440 - opens
  const edge = (n: number): string => clockOf(opens + (length * n) / parts)
  return Array.from({ length: parts }, (_, n) => ({ from: edge(n), to: edge(n + 1) }))
}
