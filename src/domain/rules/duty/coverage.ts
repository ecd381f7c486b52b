import type { PostId } from '../../ids.ts'
import { silentAfterMs } from '../boardHours.ts'
import { isOpen, type Hours } from '../hours.ts'
import { localTime } from '../localTime.ts'
import type { Stay, Turn } from './book.ts'
import { endOf } from './ending.ts'
import { dueAt } from './mine.ts'
import { hasServed, type PostFacts } from './postBook.ts'
import type { Seat } from './seats.ts'
import { lateAfterMs } from './understand.ts'

/**
 * How a post stands, what needs a hand first. `empty`: nobody is there. `late`: those who should be there would be
 * enough. `short`: too few have the turn. `silent`: nothing was heard that would tell nobody from no data. `leaving`:
 * it will be short within the half hour. `due`: a turn has just begun. `closed`: nobody is needed.
 */
export const covers = ['empty', 'late', 'short', 'silent', 'leaving', 'due', 'covered', 'closed'] as const
export type Cover = (typeof covers)[number]

/** Who leaves within this time leaves soon. */
export const soonMs = 30 * 60_000

/** A post as far as its coverage follows from it: hours are local, `heads` those needed where no turn says so. */
export interface CoveredPost extends Hours {
  heads?: number | undefined
}

export interface CoverMoment {
  /** Corrected time, ms. */
  now: number
  /** IANA zone of the community. */
  zone: string
  /** When a phone of somebody who has to do with the post last told the centre everything, ms; null = not known. */
  heardAt: number | null
}

export interface Missing {
  turn: Turn
  seat: Seat
}

export interface Coverage {
  cover: Cover
  needed: number
  /** Each person once. */
  here: readonly Stay[]
  /** Have a running turn and have not come for it. */
  late: readonly Missing[]
  due: readonly Missing[]
  /** Of those here, whose turn ends soon. */
  leaving: readonly Stay[]
  /** Whose stay was closed for them since nobody checked out. */
  forgotten: readonly Stay[]
  /** Up to here the figures are known to be complete, ms; null = nothing was heard. */
  knownUntil: number | null
  /** Somebody has a turn here now, or wrote here, and for long nothing was heard of their phones. */
  quiet: boolean
}

type Here = PostFacts['open'][number]

const runsAt = ({ body }: Turn, at: number): boolean => body.starts <= at && at < body.ends

function neededAt(post: CoveredPost, facts: PostFacts, at: number, zone: string): number {
  const running = facts.turns.filter(({ turn }) => runsAt(turn, at))
  if (running.length > 0) return running.reduce((sum, { turn }) => sum + turn.body.heads, 0)
  const { heads = 0 } = post
  return heads > 0 && isOpen(post, localTime(at, zone).minute) ? heads : 0
}

/** Who checked in twice is one person. Somebody without a membership is known by their check-in alone. */
function eachOnce(open: readonly Here[]): Here[] {
  const people = new Map(open.map((here) => [here.stay.body.member ?? here.stay.fact.id, here]))
  return [...people.values()]
}

function missingAt(facts: PostFacts, here: readonly Here[], now: number): Missing[] {
  const present = new Set(here.map(({ stay }) => stay.body.member))
  return facts.turns
    .filter(({ turn }) => runsAt(turn, now))
    .flatMap(({ turn, seats }) =>
      seats.holders
        .filter(({ member }) => !present.has(member) && !hasServed(facts, turn.fact.id, member))
        .map((seat) => ({ turn, seat })),
    )
}

/** Those who take over within the half hour: they have a turn that begins by then and are not here yet. */
function reliefOf(facts: PostFacts, here: readonly Here[], now: number): number {
  const present = new Set(here.map(({ stay }) => stay.body.member))
  const coming = facts.turns
    .filter(({ turn }) => !runsAt(turn, now) && runsAt(turn, now + soonMs))
    .flatMap(({ seats }) => seats.holders.map(({ member }) => member))
  return new Set(coming.filter((member) => !present.has(member))).size
}

/** Somebody who stays on for a following turn does not leave. */
function leavesSoon({ stay, turn }: Here, facts: PostFacts, now: number): boolean {
  if (!turn || turn.body.ends <= now || turn.body.ends > now + soonMs) return false
  const { member } = stay.body
  return !facts.turns.some(
    (next) => runsAt(next.turn, now + soonMs) && next.seats.holders.some((seat) => seat.member === member),
  )
}

interface Counted extends Omit<Coverage, 'cover'> {
  /** Will there be too few when those who leave soon have left? */
  willBeShort: boolean
}

function coverOf(counted: Counted): Cover {
  const { needed, here, late, due, leaving } = counted
  if (needed === 0) return here.length > 0 ? 'covered' : 'closed'
  const gap = needed - here.length
  if (gap <= 0) return leaving.length > 0 && counted.willBeShort ? 'leaving' : 'covered'
  // Somebody may have come and their phone not told it yet: nobody there and not heard are two things.
  if (counted.quiet) return 'silent'
  if (due.length >= gap) return 'due'
  if (here.length === 0) return 'empty'
  return late.length + due.length >= gap ? 'late' : 'short'
}

/** How a post stands at a moment. Nothing of it is stored: it follows from the entries and the time. */
export function coverageOf(post: CoveredPost, facts: PostFacts, moment: CoverMoment): Coverage {
  const { now, zone, heardAt } = moment
  const still = facts.open.filter(({ stay, turn }) => endOf(stay, turn, now) === null)
  const here = eachOnce(still)
  const missing = missingAt(facts, here, now)
  const isLate = ({ turn, seat }: Missing): boolean => now > dueAt(turn, seat) + lateAfterMs
  const leaving = here.filter((one) => leavesSoon(one, facts, now))
  const known = Math.max(facts.lastAt, heardAt ?? -Infinity)
  const expected = missing.length > 0 || facts.open.length > 0 || facts.came.length > 0
  const counted: Counted = {
    needed: neededAt(post, facts, now, zone),
    here: here.map(({ stay }) => stay),
    late: missing.filter(isLate),
    due: missing.filter((one) => !isLate(one)),
    leaving: leaving.map(({ stay }) => stay),
    forgotten: facts.open.filter((one) => !still.includes(one)).map(({ stay }) => stay),
    knownUntil: Number.isFinite(known) ? known : null,
    willBeShort:
      here.length - leaving.length + reliefOf(facts, here, now) < neededAt(post, facts, now + soonMs, zone),
    quiet: expected && now - known > silentAfterMs,
  }
  const { willBeShort: _will, ...coverage } = counted
  return { ...coverage, cover: coverOf(counted) }
}

/** Orders what needs a hand first; among equals where more heads are missing. */
export const byCover = (
  a: { post: PostId; coverage: Coverage },
  b: { post: PostId; coverage: Coverage },
): number => {
  const gap = ({ coverage: { needed, here } }: typeof a): number => needed - here.length
  return covers.indexOf(a.coverage.cover) - covers.indexOf(b.coverage.cover) || gap(b) - gap(a)
}
