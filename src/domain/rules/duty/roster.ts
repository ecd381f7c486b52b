import type { EntryId, MemberId, PostId } from '../../ids.ts'
import { localTime } from '../localTime.ts'
import { seatFacts, type DutyBook, type SeatFact, type Turn } from './book.ts'
import { freePlaces, placeOf, seatsOf, type MyPlace, type Seats } from './seats.ts'

/** A turn with its people. */
export interface Staffed {
  turn: Turn
  seats: Seats
}

const staffed = (book: DutyBook, turn: Turn): Staffed => ({
  turn,
  seats: seatsOf(turn, seatFacts(book, turn.fact.id)),
})

/** A turn by its id; null where it is not known or was cancelled. */
export function staffedTurn(book: DutyBook, id: EntryId): Staffed | null {
  const turn = book.turns.get(id)
  return turn && !turn.retracted ? staffed(book, turn) : null
}

/** By their start. */
const inOrder = (a: Turn, b: Turn): number =>
  a.body.starts - b.body.starts || (a.fact.id < b.fact.id ? -1 : 1)

/** Turns that go on at some moment from `from` to before `to` (ms), by their start. */
export const turnsBetween = (book: DutyBook, from: number, to: number): Turn[] =>
  [...book.turns.values()]
    .filter(({ retracted, body }) => !retracted && body.ends > from && body.starts < to)
    .sort(inOrder)

export const staffedBetween = (book: DutyBook, from: number, to: number): Staffed[] =>
  turnsBetween(book, from, to).map((turn) => staffed(book, turn))

/** How far a turn's places are given away, whoever may come in the end. */
export type Fill = 'full' | 'short' | 'empty'

export function fillOf({ turn, seats }: Staffed): Fill {
  if (seats.holders.length >= turn.body.heads) return 'full'
  return seats.holders.length === 0 ? 'empty' : 'short'
}

/** Turns under the local day on which they start. */
export function byDay<T extends { turn: Turn }>(list: readonly T[], zone: string): Map<string, T[]> {
  const days = new Map<string, T[]>()
  for (const one of list) {
    const { day } = localTime(one.turn.body.starts, zone)
    const under = days.get(day)
    if (under) under.push(one)
    else days.set(day, [one])
  }
  return days
}

/** Turns under their post. */
export function byPost(list: readonly Staffed[]): Map<PostId, Staffed[]> {
  const posts = new Map<PostId, Staffed[]>()
  for (const one of list) {
    const under = posts.get(one.turn.body.post)
    if (under) under.push(one)
    else posts.set(one.turn.body.post, [one])
  }
  return posts
}

/** Does it reach over local midnight, or begin late in the evening or before six? */
export function isNight({ body }: Turn, zone: string): boolean {
  const { day, minute } = localTime(body.starts, zone)
  return minute >= 20 * 60 || minute < 6 * 60 || localTime(body.ends - 1, zone).day !== day
}

/** A turn as it concerns one person. */
export interface MyTurn extends Staffed {
  place: MyPlace
  /** It was theirs, and the coordinator has cancelled it. */
  cancelled: boolean
}

/** Most turns are other people's: they are passed over before anything is worked out. */
const concerns = (facts: ReadonlyMap<EntryId, SeatFact>, member: MemberId): boolean => {
  for (const fact of facts.values()) if (fact.body.member === member) return true
  return false
}

/** What somebody has, has asked for or waits for, as far as it ends after `from` (ms); cancelled turns among them. */
export function myTurns(book: DutyBook, member: MemberId, from: number): MyTurn[] {
  return [...book.seats]
    .flatMap(([id, facts]): MyTurn[] => {
      const turn = book.turns.get(id)
      if (!turn || turn.body.ends <= from || !concerns(facts, member)) return []
      const both = staffed(book, turn)
      const place = placeOf(both.seats, member)
      return place.is === 'none' ? [] : [{ ...both, place, cancelled: turn.retracted }]
    })
    .sort((a, b) => inOrder(a.turn, b.turn))
}

/** The turn that they stand at now or next. */
export const nextTurn = (mine: readonly MyTurn[], now: number): MyTurn | null =>
  mine.find(({ turn, place, cancelled }) => place.is === 'mine' && !cancelled && turn.body.ends > now) ?? null

/** Turns that still have a place for somebody who has none in them, by their start. */
export const openTurns = (book: DutyBook, member: MemberId, now: number): Staffed[] =>
  turnsBetween(book, now, Infinity)
    .map((turn) => staffed(book, turn))
    .filter(({ turn, seats }) => freePlaces(turn, seats) > 0 && placeOf(seats, member).is === 'none')

/** Turns to come without a free place, for whose line somebody may ask who has nothing in them, by their start. */
export const fullTurns = (book: DutyBook, member: MemberId, now: number): Staffed[] =>
  turnsBetween(book, now, Infinity)
    .map((turn) => staffed(book, turn))
    .filter(({ turn, seats }) => freePlaces(turn, seats) === 0 && placeOf(seats, member).is === 'none')

/** What of it a person cannot do. */
export const lacking = (turn: Turn, skills: readonly string[]): string[] =>
  (turn.body.skills ?? []).filter((skill) => !skills.includes(skill))
