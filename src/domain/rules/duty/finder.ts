import type { EntryId, MemberId, PostId } from '../../ids.ts'
import type { CheckIn } from '../../kinds/checkIn.ts'
import type { DutyBook, Noted, SeatFact, Turn } from './book.ts'

/**
 * Where to look in a book of thousands for what a scan asks. What was so once may still stand here, and what it points at
 * may not have arrived: whoever looks asks the fact itself.
 */
export interface Finder {
  staysOf: Map<MemberId, Set<EntryId>>
  /** Stays, by the turn that they were understood as. */
  cameTo: Map<EntryId, Set<EntryId>>
  turnsAt: Map<PostId, Set<EntryId>>
  /** Turns at which this member was ever named. */
  named: Map<MemberId, Set<EntryId>>
}

function add(map: Map<string, Set<EntryId>>, key: string | undefined, id: EntryId): void {
  if (key === undefined) return
  const known = map.get(key)
  if (known) known.add(id)
  else map.set(key, new Set([id]))
}

export const findTurn = ({ turnsAt }: Finder, { fact, body }: Turn): void => add(turnsAt, body.post, fact.id)

export const findSeat = ({ named }: Finder, { body }: SeatFact): void => add(named, body.member, body.shift)

export function findStay({ staysOf, cameTo }: Finder, { fact, body }: Noted<CheckIn>): void {
  add(staysOf, body.member, fact.id)
  add(cameTo, body.shift, fact.id)
}

/** Of a book: made when somebody first asks, and kept from then on. Most books are never asked. */
export function finderOf(book: DutyBook): Finder {
  if (book.finder) return book.finder
  const finder: Finder = { staysOf: new Map(), cameTo: new Map(), turnsAt: new Map(), named: new Map() }
  for (const turn of book.turns.values()) findTurn(finder, turn)
  for (const stay of book.stays.values()) findStay(finder, stay)
  for (const seats of book.seats.values()) for (const seat of seats.values()) findSeat(finder, seat)
  book.finder = finder
  return finder
}
