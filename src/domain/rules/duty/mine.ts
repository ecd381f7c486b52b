import type { EntryId, MemberId } from '../../ids.ts'
import type { DutyBook, Stay, Turn } from './book.ts'
import { cameAt, seatFacts, stayOf } from './book.ts'
import { endOf, turnOf } from './ending.ts'
import { finderOf } from './finder.ts'
import { seatsOf, type Seat } from './seats.ts'

/** The stays of one member that were not taken back, by their beginning. */
export function staysOfMember(book: DutyBook, member: MemberId): Stay[] {
  const stays: Stay[] = []
  for (const id of finderOf(book).staysOf.get(member) ?? []) {
    const stay = stayOf(book, id)
    if (stay?.body.member === member) stays.push(stay)
  }
  return stays.sort((a, b) => cameAt(a) - cameAt(b) || (a.fact.id < b.fact.id ? -1 : 1))
}

/** Was anything ever said about a place of theirs at this turn? Far sooner known than who has it. */
function isNamed(book: DutyBook, turn: EntryId, member: MemberId): boolean {
  for (const { body } of book.seats.get(turn)?.values() ?? []) if (body.member === member) return true
  return false
}

/** A member's place at a turn: held, or asked for while the centre has not answered. Who stands in line has none. */
export function seatAt(book: DutyBook, turn: Turn, member: MemberId): Seat | undefined {
  if (!isNamed(book, turn.fact.id, member)) return undefined
  const { holders, waiting } = seatsOf(turn, seatFacts(book, turn.fact.id))
  return (
    holders.find((seat) => seat.member === member) ??
    waiting.find((seat) => seat.member === member && !seat.decided)
  )
}

/**
 * When somebody was due at a turn, corrected ms: at its start, or when they got their place, if that was later. Who
 * steps or moves up halfway is not late.
 */
export const dueAt = (turn: Turn, seat: Seat | undefined): number =>
  Math.max(turn.body.starts, seat?.heldSince ?? seat?.fact.at ?? turn.body.starts)

/** Who came to a turn, by member, and whose places others took over. */
export function attendance(book: DutyBook, turn: EntryId): { came: Set<MemberId>; replaced: Set<MemberId> } {
  const [came, replaced] = [new Set<MemberId>(), new Set<MemberId>()]
  for (const id of finderOf(book).cameTo.get(turn) ?? []) {
    const stay = book.stays.get(id)
    if (!stay || stay.retracted || stay.body.shift !== turn) continue
    if (stay.body.member !== undefined) came.add(stay.body.member)
    if (stay.body.instead !== undefined) replaced.add(stay.body.instead)
  }
  return { came, replaced }
}

/** Stays of a member that were closed for want of a check-out and of which nobody has said the end since. */
export const forgottenOf = (
  book: DutyBook,
  member: MemberId,
  now: number,
  stays: readonly Stay[] = staysOfMember(book, member),
): Stay[] => stays.filter((stay) => endOf(stay, turnOf(book, stay), now)?.how === 'auto')
