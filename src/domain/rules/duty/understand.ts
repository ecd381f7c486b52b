import type { EntryId, MemberId, PostId } from '../../ids.ts'
import { localTime } from '../localTime.ts'
import type { DutyBook, Stay, Turn } from './book.ts'
import { cameAt, seatFacts, turnsAt, turnsNaming } from './book.ts'
import { endOf, isPlanned, turnOf } from './ending.ts'
import { attendance, dueAt, forgottenOf, seatAt, staysOfMember } from './mine.ts'
import { freePlaces, seatsOf, type Seat } from './seats.ts'
import { leavingWith } from './together.ts'

/**
 * What the scan of a post's code means. Each is one thing to record or one question to ask, and no scan ends a stay
 * without being asked (failure modes 36, 37).
 */
export type Meaning =
  | Arrival
  /** Everybody of this turn has a place, and these have not come: whose is it? */
  | { is: 'swap'; turn: Turn; absent: readonly Seat[] }
  /** This turn has a free place: do they take it? */
  | { is: 'join'; turn: Turn }
  /** Read twice: they came a moment ago. Nothing is recorded. */
  | { is: 'already'; stay: Stay }
  /**
   * They are here: leaving? `next`: their next turn here, which they may go on with. `closedAt`: it was closed then for
   * want of a check-out.
   */
  | ({ is: 'leave'; next?: Turn | undefined; closedAt?: number | undefined } & Ended)
  /** They are still signed in at another post. */
  | ({ is: 'elsewhere'; arrival: Arrival } & Ended)
  /** Their turn is now, or soon, and elsewhere. */
  | { is: 'wrongPost'; turn: Turn; arrival: Arrival }
  /** An earlier stay has no end that anybody knows of: when was it? */
  | ({ is: 'forgotten'; closedAt: number | null; arrival: Arrival } & Ended)

/** What the answer may end: a stay, and those of the same time and post that end with it (`leavingWith`, `twinsOf`). */
export interface Ended {
  stay: Stay
  twins: readonly Stay[]
}

/**
 * Recorded without a question. `back`: to a turn of theirs that they left before; `joined`: a turn with a free place,
 * of which they take none; `unplanned`: no turn. `byMs`: how early or late, 0 otherwise.
 */
export interface Arrival {
  is: 'arrive'
  how: 'onTime' | 'early' | 'late' | 'back' | 'joined' | 'unplanned'
  turn?: Turn | undefined
  byMs: number
}

export interface ScanContext {
  book: DutyBook
  me: MemberId
  /** Corrected ms. */
  now: number
  /** IANA zone of the community. */
  zone: string
  /** May whoever holds the phone take a place for them? One's own, or any as a coordinator. */
  mayTake?: boolean
}

const minuteMs = 60_000
const hourMs = 60 * minuteMs
/** Who comes sooner than this before their turn is early for it; before that they come for something else. */
export const earlyMs = 2 * hourMs
/** Nobody is late for these. */
export const lateAfterMs = 5 * minuteMs
/** A turn of somebody else's may be taken over, and a turn elsewhere is missed, from so long before it. */
const soonMs = 30 * minuteMs
/** A second look at the code within this time is no second wish. */
const againMs = 2 * minuteMs
/** Who scans so soon after their stay was closed is leaving late. */
const lateLeaveMs = 4 * hourMs
/** Nobody who came the day before and has a turn now has been here all along. */
const staleMs = 6 * hourMs
/** What was forgotten longer ago is asked on the page of one's hours, not at the post. */
const askedForMs = 72 * hourMs

const unplanned: Arrival = { is: 'arrive', how: 'unplanned', byMs: 0 }

const isOn = ({ body }: Turn, now: number, beforeMs: number): boolean =>
  now >= body.starts - beforeMs && now < body.ends

const hasCome = (stays: readonly Stay[], turn: EntryId): boolean =>
  stays.some((stay) => stay.body.shift === turn)

/** Their turn at the post that this scan is for: first one that they have not come to, one that runs, the sooner. */
function myTurnAt(post: PostId, { book, me, now }: ScanContext, stays: readonly Stay[]): Turn | undefined {
  const rank = (turn: Turn): number =>
    (hasCome(stays, turn.fact.id) ? 2 : 0) + (turn.body.starts > now ? 1 : 0)
  return turnsAt(book, post)
    .filter((turn) => isOn(turn, now, earlyMs) && seatAt(book, turn, me))
    .sort((a, b) => rank(a) - rank(b))[0]
}

function toMine(turn: Turn, { book, me, now }: ScanContext, stays: readonly Stay[]): Arrival {
  const byMs = now - dueAt(turn, seatAt(book, turn, me))
  if (hasCome(stays, turn.fact.id)) return { is: 'arrive', how: 'back', turn, byMs: 0 }
  if (byMs < 0) return { is: 'arrive', how: 'early', turn, byMs: -byMs }
  return byMs > lateAfterMs
    ? { is: 'arrive', how: 'late', turn, byMs }
    : { is: 'arrive', how: 'onTime', turn, byMs: 0 }
}

/** A turn of others that somebody without one may join or take over. */
function toOthers(post: PostId, { book, now }: ScanContext): Meaning | null {
  for (const turn of turnsAt(book, post)) {
    if (!isOn(turn, now, soonMs)) continue
    const seats = seatsOf(turn, seatFacts(book, turn.fact.id))
    if (freePlaces(turn, seats) > 0) return { is: 'arrive', how: 'joined', turn, byMs: 0 }
    const { came, replaced } = attendance(book, turn.fact.id)
    const absent = seats.holders.filter(({ member }) => !came.has(member) && !replaced.has(member))
    if (absent.length > 0) return { is: 'swap', turn, absent }
  }
  return null
}

/**
 * A stay without an end that somebody carried over from the day before while a turn of theirs waits. One that a turn
 * ends by itself never is: who stands there all night is there until then.
 */
const isStale = (stay: Stay, { book, now, zone }: ScanContext): boolean =>
  !isPlanned(stay, turnOf(book, stay)) &&
  now - cameAt(stay) > staleMs &&
  localTime(cameAt(stay), zone).day !== localTime(now, zone).day

const endedWith = (stay: Stay, { book, now }: ScanContext): Ended => ({
  stay,
  twins: leavingWith(book, stay, now),
})

/** They are here by the book: leaving, and what else it may be. Who is here twice is here since the first time. */
function whileHere(here: readonly Stay[], mine: Turn | undefined, context: ScanContext): Meaning | null {
  const [first, last] = [here[0], here.at(-1)]
  if (!first || !last) return null
  if (context.now - cameAt(last) < againMs) return { is: 'already', stay: last }
  const next = mine && hasCome(here, mine.fact.id) ? undefined : mine
  return { is: 'leave', ...endedWith(first, context), next }
}

/** Their own turn at another post, now or soon, to which they have not come. */
const missedElsewhere = (post: PostId, { book, me, now }: ScanContext, stays: readonly Stay[]) =>
  turnsNaming(book, me).find(
    (turn) =>
      turn.body.post !== post &&
      isOn(turn, now, soonMs) &&
      !hasCome(stays, turn.fact.id) &&
      seatAt(book, turn, me) !== undefined,
  )

/** Understands a scan of a post's code by this person at this moment. Pure: the same book gives the same answer. */
export function understand(post: PostId, context: ScanContext): Meaning {
  const { book, me, now } = context
  const stays = staysOfMember(book, me)
  const mine = myTurnAt(post, context, stays)
  const ends = (stay: Stay) => endOf(stay, turnOf(book, stay), now)
  const carriedOver = (stay: Stay): boolean =>
    mine !== undefined && mine.fact.id !== stay.body.shift && isStale(stay, context)
  const open = stays.filter((stay) => ends(stay) === null && cameAt(stay) <= now && !carriedOver(stay))
  const here = open.filter((stay) => stay.body.post === post)
  const leaving = whileHere(here, mine, context)
  if (leaving) return leaving
  const found = mine ? toMine(mine, context, stays) : (toOthers(post, context) ?? unplanned)
  const arrival = found.is === 'arrive' ? found : unplanned
  const elsewhere = open.at(-1)
  if (elsewhere) return { is: 'elsewhere', ...endedWith(elsewhere, context), arrival }
  const forgotten = forgottenOf(book, me, now, stays).filter((stay) => now - cameAt(stay) < askedForMs)
  if (!mine) {
    const late = forgotten.findLast((stay) => stay.body.post === post)
    const closedAt = late && ends(late)?.at
    if (late && closedAt !== undefined && now - closedAt <= lateLeaveMs)
      return { is: 'leave', ...endedWith(late, context), closedAt }
    if (found.is !== 'arrive') return found
    const missed = missedElsewhere(post, context, stays)
    if (missed) return { is: 'wrongPost', turn: missed, arrival }
  }
  const stale = forgotten.at(-1) ?? stays.findLast((stay) => ends(stay) === null && carriedOver(stay))
  if (stale)
    return { is: 'forgotten', ...endedWith(stale, context), closedAt: ends(stale)?.at ?? null, arrival }
  const { how, turn } = arrival
  return how === 'joined' && turn && context.mayTake ? { is: 'join', turn } : arrival
}

/**
 * The turn whose free place somebody may still take after they were signed in for it: the one question was about
 * something else.
 */
export function stillFree(meaning: Meaning, { mayTake }: Pick<ScanContext, 'mayTake'>): Turn | null {
  const arrival = 'arrival' in meaning ? meaning.arrival : null
  return mayTake && arrival?.how === 'joined' ? (arrival.turn ?? null) : null
}
