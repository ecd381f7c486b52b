import type { MemberId, PostId } from '../../ids.ts'
import { silentAfterMs } from '../boardHours.ts'
import { isOpen, type Hours } from '../hours.ts'
import { localTime } from '../localTime.ts'
import type { Holder, PostFacts, PostTurn, Present } from './postBook.ts'
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
  /** When a phone that serves the post (`serving`), or a device that stands there, last told the centre everything, ms. */
  heardAt: number | null
  /** A device of its own stands at the post, and would tell of whoever comes. */
  hasStation?: boolean
}

export interface Missing {
  turn: PostTurn
  seat: Holder
}

export interface Coverage {
  cover: Cover
  needed: number
  /** Each person once. */
  here: readonly Present[]
  /** Have a running turn and have not come for it. */
  late: readonly Missing[]
  due: readonly Missing[]
  /** Of those here, whose turn ends soon. */
  leaving: readonly Present[]
  /** Whose stay was closed for them since nobody checked out. */
  forgotten: readonly Present[]
  /** Up to here the figures are known to be complete, ms; null = nothing was heard. */
  knownUntil: number | null
  /** Somebody is here or has a turn now, or a device stands here, and for long nothing was heard of them. */
  quiet: boolean
}

const runsAt = ({ starts, ends }: PostTurn, at: number): boolean => starts <= at && at < ends

function neededAt(post: CoveredPost, facts: PostFacts, at: number, zone: string): number {
  const running = facts.turns.filter((turn) => runsAt(turn, at))
  if (running.length > 0) return running.reduce((sum, turn) => sum + turn.heads, 0)
  const { heads = 0 } = post
  return heads > 0 && isOpen(post, localTime(at, zone).minute) ? heads : 0
}

/** Who is signed in at a moment, by check-in. */
export const presentAt = ({ open }: PostFacts, now: number): Present[] =>
  open.filter(({ closes }) => now < closes)

const presentMembers = (facts: PostFacts, now: number): MemberId[] =>
  presentAt(facts, now).flatMap(({ member, by }) => [member, by].filter((one) => one !== undefined))

const dueMembers = ({ turns }: PostFacts, now: number): MemberId[] =>
  turns.filter((turn) => runsAt(turn, now)).flatMap(({ holders }) => holders.map(({ member }) => member))

/**
 * Whose phones would tell how a post stands: those of whoever is signed in there or wrote it, and of whoever has its
 * turn. Somebody else of the same place knows nothing of it.
 */
export const serving = (facts: PostFacts, now: number): Set<MemberId> =>
  new Set([...presentMembers(facts, now), ...dueMembers(facts, now)])

/** Who checked in twice is one person. Somebody without a membership is known by their check-in alone. */
function eachOnce(open: readonly Present[]): Present[] {
  const people = new Map(open.map((one) => [one.member ?? one.id, one]))
  return [...people.values()]
}

function missingAt(facts: PostFacts, here: readonly Present[], now: number): Missing[] {
  const present = new Set(here.map(({ member }) => member))
  return facts.turns
    .filter((turn) => runsAt(turn, now))
    .flatMap((turn) =>
      turn.holders
        .filter(({ member }) => !present.has(member) && !turn.served.includes(member))
        .map((seat) => ({ turn, seat })),
    )
}

/** Those who take over within the half hour: they have a turn that begins by then and are not here yet. */
function reliefOf(facts: PostFacts, here: readonly Present[], now: number): number {
  const present = new Set(here.map(({ member }) => member))
  const coming = facts.turns
    .filter((turn) => !runsAt(turn, now) && runsAt(turn, now + soonMs))
    .flatMap(({ holders }) => holders.map(({ member }) => member))
  return new Set(coming.filter((member) => !present.has(member))).size
}

/** Somebody who stays on for a following turn does not leave. */
function leavesSoon({ member, ends }: Present, facts: PostFacts, now: number): boolean {
  if (ends === null || ends <= now || ends > now + soonMs) return false
  return !facts.turns.some(
    (next) => runsAt(next, now + soonMs) && next.holders.some((seat) => seat.member === member),
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
  const here = eachOnce(presentAt(facts, now))
  const missing = missingAt(facts, here, now)
  const isLate = ({ seat }: Missing): boolean => now > seat.dueAt + lateAfterMs
  const leaving = here.filter((one) => leavesSoon(one, facts, now))
  const known = Math.max(facts.lastAt, heardAt ?? -Infinity)
  const expected =
    moment.hasStation === true || presentMembers(facts, now).length > 0 || dueMembers(facts, now).length > 0
  const counted: Counted = {
    needed: neededAt(post, facts, now, zone),
    here,
    late: missing.filter(isLate),
    due: missing.filter((one) => !isLate(one)),
    leaving,
    forgotten: facts.open.filter(({ closes }) => now >= closes),
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
