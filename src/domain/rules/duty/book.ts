import * as v from 'valibot'
import type { Fact } from '../../entry.ts'
import type { EntryId, MemberId, PostId } from '../../ids.ts'
import { Assignment } from '../../kinds/assignment.ts'
import { CheckIn } from '../../kinds/checkIn.ts'
import { CheckOut } from '../../kinds/checkOut.ts'
import { Claim } from '../../kinds/claim.ts'
import { Shift } from '../../kinds/shift.ts'
import { UnitSignIn } from '../../kinds/unitSignIn.ts'
import { Vouch } from '../../kinds/vouch.ts'
import { asCorrection, byArrival, corrected, type CorrectionFact } from '../correct.ts'
import { findSeat, findStay, findTurn, finderOf, type Finder } from './finder.ts'

/** A fact that may have been corrected: as it reads now, as it was, and by what. */
export interface Noted<B> {
  fact: Fact<B>
  /** As its corrections leave it. */
  body: B
  retracted: boolean
  /** In order of arrival; the first version stands in `fact.body`. */
  corrections: readonly CorrectionFact[]
}

export type Turn = Noted<Shift>
export type SeatFact = Fact<Assignment> | Fact<Claim>

/** Somebody's time at a post: how it began, what ended it, who says that it is true. */
export interface Stay extends Noted<CheckIn> {
  /** In order of arrival, taken back ones left out. */
  outs: readonly Noted<CheckOut>[]
  vouches: readonly Fact<Vouch>[]
}

/**
 * A duty logbook in memory, taken up fact by fact. Changed in place by `absorbDuty`; everything else only reads it,
 * through the functions below.
 */
export interface DutyBook {
  turns: Map<EntryId, Turn>
  /** Who was given, took or gave back which turn, by turn, in no order. The turn may not have arrived yet. */
  seats: Map<EntryId, Map<EntryId, SeatFact>>
  stays: Map<EntryId, Noted<CheckIn>>
  outs: Map<EntryId, Map<EntryId, Noted<CheckOut>>>
  vouches: Map<EntryId, Map<EntryId, Fact<Vouch>>>
  units: Map<EntryId, Noted<UnitSignIn>>
  /** By the fact that they point at, which may not have arrived yet ([FD1]). */
  corrections: Map<EntryId, Map<EntryId, CorrectionFact>>
  facts: Map<EntryId, Fact>
  /** Null until somebody asks for one person or one post. */
  finder: Finder | null
}

export const emptyDuty = (): DutyBook => ({
  turns: new Map(),
  seats: new Map(),
  stays: new Map(),
  outs: new Map(),
  vouches: new Map(),
  units: new Map(),
  corrections: new Map(),
  facts: new Map(),
  finder: null,
})

/** Which correcting kind may change which kinds: a turn is the coordinator's, an hour is everybody's to put right. */
const correctable: Readonly<Record<string, readonly string[]>> = {
  shiftChange: ['shift'],
  amendment: ['checkIn', 'checkOut', 'unitSignIn'],
}

function putUnder<V>(map: Map<EntryId, Map<EntryId, V>>, key: EntryId, id: EntryId, value: V): void {
  const under = map.get(key)
  if (under) under.set(id, value)
  else map.set(key, new Map([[id, value]]))
}

/** The fact with its body as the kind's schema reads it; null where this version can't. */
function read<B>(schema: v.GenericSchema<unknown, B>, fact: Fact): Fact<B> | null {
  const body = v.safeParse(schema, fact.body)
  return body.success ? { ...fact, body: body.output } : null
}

function noted<B extends Record<string, unknown>>(
  book: DutyBook,
  schema: v.GenericSchema<unknown, B>,
  fact: Fact,
): Noted<B> | null {
  const original = read(schema, fact)
  if (!original) return null
  const all = book.corrections.get(fact.id)
  const corrections = all
    ? [...all.values()].filter((c) => correctable[c.kind]?.includes(fact.kind)).sort(byArrival)
    : []
  return { fact: original, corrections, ...corrected(schema, original.body, corrections) }
}

function place(book: DutyBook, fact: Fact): void {
  switch (fact.kind) {
    case 'shift': {
      const turn = noted(book, Shift, fact)
      if (!turn) return
      book.turns.set(fact.id, turn)
      if (book.finder) findTurn(book.finder, turn)
      return
    }
    case 'checkIn': {
      const stay = noted(book, CheckIn, fact)
      if (!stay) return
      book.stays.set(fact.id, stay)
      if (book.finder) findStay(book.finder, stay)
      return
    }
    case 'checkOut': {
      const out = noted(book, CheckOut, fact)
      if (out) putUnder(book.outs, out.fact.body.checkIn, fact.id, out)
      return
    }
    case 'unitSignIn': {
      const signIn = noted(book, UnitSignIn, fact)
      if (signIn) book.units.set(fact.id, signIn)
      return
    }
    case 'assignment':
    case 'claim': {
      const seat = fact.kind === 'claim' ? read(Claim, fact) : read(Assignment, fact)
      if (!seat) return
      putUnder(book.seats, seat.body.shift, fact.id, seat)
      if (book.finder) findSeat(book.finder, seat)
      return
    }
    case 'vouch': {
      const vouch = read(Vouch, fact)
      if (vouch) putUnder(book.vouches, vouch.body.checkIn, fact.id, vouch)
    }
  }
}

/** Takes up facts that are new or have changed (sent, numbered, corrected time). Any order, any number of times. */
export function absorbDuty(book: DutyBook, facts: readonly Fact[]): void {
  for (const fact of facts) {
    const correction = Object.hasOwn(correctable, fact.kind) ? asCorrection(fact) : null
    if (correction) {
      const { target } = correction.body
      putUnder(book.corrections, target, fact.id, correction)
      const known = book.facts.get(target)
      if (known) place(book, known)
    } else {
      book.facts.set(fact.id, fact)
      place(book, fact)
    }
  }
}

const sorted = <F extends { seq: number | null; at: number; id: EntryId }>(facts: Iterable<F>): F[] =>
  [...facts].sort(byArrival)

/** What was said about the places of a turn, in order of arrival; what only this phone has stands last. */
export const seatFacts = (book: DutyBook, turn: EntryId): SeatFact[] =>
  sorted(book.seats.get(turn)?.values() ?? [])

/** A check-in with what belongs to it; null where it is not known or was taken back. */
export function stayOf(book: DutyBook, id: EntryId): Stay | null {
  const stay = book.stays.get(id)
  if (!stay || stay.retracted) return null
  const outs = [...(book.outs.get(id)?.values() ?? [])].filter((out) => !out.retracted)
  return {
    ...stay,
    outs: outs.sort((a, b) => byArrival(a.fact, b.fact)),
    vouches: sorted(book.vouches.get(id)?.values() ?? []),
  }
}

const inOrder = (turns: Iterable<Turn>): Turn[] =>
  [...turns]
    .filter((turn) => !turn.retracted)
    .sort((a, b) => a.body.starts - b.body.starts || (a.fact.id < b.fact.id ? -1 : 1))

/** All turns that were not cancelled, by their start. */
export const turnsOf = (book: DutyBook): Turn[] => inOrder(book.turns.values())

const turnsWith = (book: DutyBook, ids: Iterable<EntryId> = []): Turn[] =>
  inOrder([...ids].flatMap((id) => book.turns.get(id) ?? []))

/** Those of one post. */
export const turnsAt = (book: DutyBook, post: PostId): Turn[] =>
  turnsWith(book, finderOf(book).turnsAt.get(post)).filter((turn) => turn.body.post === post)

/** Those at which something was ever said about a place of this member. */
export const turnsNaming = (book: DutyBook, member: MemberId): Turn[] =>
  turnsWith(book, finderOf(book).named.get(member))

/** All stays that were not taken back, by their beginning. */
export const staysOf = (book: DutyBook): Stay[] =>
  [...book.stays.keys()]
    .flatMap((id) => stayOf(book, id) ?? [])
    .sort((a, b) => cameAt(a) - cameAt(b) || (a.fact.id < b.fact.id ? -1 : 1))

/** When somebody came: as said where it was said, else when the entry was saved. Corrected time, ms. */
export const cameAt = ({ fact, body }: Noted<CheckIn>): number => body.came ?? fact.at
