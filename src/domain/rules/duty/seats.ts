import type { Fact } from '../../entry.ts'
import type { MemberId } from '../../ids.ts'
import type { Assignment, placements } from '../../kinds/assignment.ts'
import type { SeatFact, Turn } from './book.ts'

/** How somebody came to their place: by the coordinator, in whichever way, or by taking it themselves. */
export type Placement = (typeof placements)[number] | 'claimed'

/** Somebody's place at a turn, or in the line for one. */
export interface Seat {
  member: MemberId
  name: string
  /** What put them there. */
  fact: SeatFact
  /** Since when a place is theirs, corrected ms: since then they are due. Absent while they stand in line. */
  heldSince?: number
  placement: Placement
  leads: boolean
  /** The centre has given it its order; false: it is on this phone only and holds nothing yet. */
  decided: boolean
  /** They were taken off, or gave it back, and the centre has not said so yet: they hold it until then. */
  leaving: boolean
}

/** Who has a turn, and who would have it next. Holders are never more than the turn's heads. */
export interface Seats {
  holders: Seat[]
  /** In the order in which they move up; the undecided stand last. */
  waiting: Seat[]
}

const takes = ({ body }: SeatFact): boolean => body.act === 'take' || body.act === 'assign'

/** A card that somebody once showed gives nothing away: only what the same hand took for them it gives back. */
const mayGiveBack = ({ by, body }: SeatFact, { fact }: Seat): boolean =>
  body.act !== 'giveBack' || !('proof' in body) || by === body.member || by === fact.by

const isAssignment = (fact: SeatFact): fact is Fact<Assignment> => fact.kind === 'assignment'

function seatOf(fact: SeatFact): Seat {
  const { member, name } = fact.body
  const base = { member, name, fact, decided: fact.seq !== null, leaving: false }
  return isAssignment(fact)
    ? { ...base, placement: fact.body.placement ?? 'manual', leads: fact.body.leads === true }
    : { ...base, placement: 'claimed', leads: false }
}

/** The line after one more decided fact. Who is in it stays where they are; an assignment may change what they do. */
function decide(line: Map<MemberId, Seat>, fact: SeatFact): void {
  const { member } = fact.body
  const seat = line.get(member)
  if (!takes(fact)) {
    if (seat && mayGiveBack(fact, seat)) line.delete(member)
    return
  }
  if (!seat) line.set(member, seatOf(fact))
  else if (fact.body.act === 'assign') line.set(member, { ...seat, ...seatOf(fact), fact: seat.fact })
}

/** Whoever is among the first `heads` now, and was not before, has their place from this fact on. */
function stamp(line: Map<MemberId, Seat>, heads: number, { at }: SeatFact): void {
  for (const [member, seat] of [...line].slice(0, heads))
    if (seat.heldSince === undefined) line.set(member, { ...seat, heldSince: Math.max(at, seat.fact.at) })
}

/**
 * Not ordered yet, and not put aside either: of what was, *needs attention* tells, and nobody waits for it, not after it
 * was settled either.
 */
const isAsked = ({ seq, state, aside }: SeatFact): boolean => seq === null && state !== 'attention' && !aside

/** The same for what the centre has not ordered yet: it takes nothing and frees nothing, and shows what is asked for. */
function propose(line: Map<MemberId, Seat>, fact: SeatFact): void {
  const { member } = fact.body
  const seat = line.get(member)
  if (takes(fact)) {
    if (!seat) line.set(member, seatOf(fact))
    else if (seat.decided) line.set(member, { ...seat, leaving: false })
  } else if (seat && !mayGiveBack(fact, seat)) return
  else if (seat?.decided) line.set(member, { ...seat, leaving: true })
  else line.delete(member)
}

/**
 * Who holds a turn. Places are given in the order in which the centre received who takes and who is assigned; who
 * comes after the last one waits in line, and giving back moves the next one up. A fold over the facts in order of
 * arrival (`seatFacts`) and nothing else, so that every phone and the centre find the same, however the facts came.
 */
export function seatsOf(turn: Turn, facts: readonly SeatFact[]): Seats {
  const line = new Map<MemberId, Seat>()
  for (const fact of facts) {
    if (fact.seq === null) continue
    decide(line, fact)
    stamp(line, turn.body.heads, fact)
  }
  for (const fact of facts) if (isAsked(fact)) propose(line, fact)
  const decided = [...line.values()].filter((seat) => seat.decided)
  const asked = [...line.values()].filter((seat) => !seat.decided)
  return {
    holders: decided.slice(0, turn.body.heads),
    waiting: [...decided.slice(turn.body.heads), ...asked],
  }
}

/** What a turn is to one person. `next`: all places are taken; `place` counts from 1. */
export type MyPlace =
  | { is: 'none' }
  | { is: 'asked' }
  | { is: 'mine'; leads: boolean; leaving: boolean }
  | { is: 'next'; place: number; leaving: boolean }

/** What the person is told: waiting for the centre, yours, or full and how many stand before them. */
export function placeOf({ holders, waiting }: Seats, member: MemberId): MyPlace {
  const held = holders.find((seat) => seat.member === member)
  if (held) return { is: 'mine', leads: held.leads, leaving: held.leaving }
  const at = waiting.findIndex((seat) => seat.member === member)
  const seat = waiting[at]
  if (!seat) return { is: 'none' }
  return seat.decided ? { is: 'next', place: at + 1, leaving: seat.leaving } : { is: 'asked' }
}

/** Where somebody would stand in line who asks now, counted from 1; null while a place is free. */
export const lineFor = (turn: Turn, { holders, waiting }: Seats): number | null => {
  const place = holders.length + waiting.length + 1 - turn.body.heads
  return place > 0 ? place : null
}

/** Places that nobody has or is ahead for, as far as this phone knows: an undecided take is counted as one. */
export const freePlaces = (turn: Turn, { holders, waiting }: Seats): number =>
  Math.max(0, turn.body.heads - holders.length - waiting.length)
