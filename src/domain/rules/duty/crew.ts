import type { MemberId, PostId } from '../../ids.ts'
import type { Post } from '../../kinds/post.ts'
import type { DutyBook, Stay, Turn } from './book.ts'
import { cameAt, seatFacts, stayOf } from './book.ts'
import { endOf, turnOf } from './ending.ts'
import { attendance } from './mine.ts'
import { turnsBetween } from './roster.ts'
import { seatsOf, type Seat } from './seats.ts'
import { isConfirmed, strengthOf } from './strength.ts'

/** Who stands at a post, and who should. */
export interface Crew {
  /** There now, the unconfirmed first. */
  here: Stay[]
  /** Gone within the day and still unconfirmed. */
  gone: Stay[]
  /** Have a turn that runs or begins soon, and have not come. */
  missing: { turn: Turn; seat: Seat }[]
}

const hourMs = 60 * 60_000
const soonMs = hourMs
const dayMs = 24 * hourMs

const weakFirst = (a: Stay, b: Stay): number =>
  Number(isConfirmed(strengthOf(a))) - Number(isConfirmed(strengthOf(b))) || cameAt(a) - cameAt(b)

/** The people of one post as the book has them at a moment, corrected ms. */
export function crewAt(book: DutyBook, post: PostId, now: number): Crew {
  const stays = [...book.stays].flatMap(([id, { body, fact }]) =>
    body.post === post && fact.at > now - dayMs ? (stayOf(book, id) ?? []) : [],
  )
  const isHere = (stay: Stay): boolean => endOf(stay, turnOf(book, stay), now) === null
  const turns = turnsBetween(book, now, now + soonMs).filter((turn) => turn.body.post === post)
  return {
    here: stays.filter(isHere).sort(weakFirst),
    gone: stays.filter((stay) => !isHere(stay) && !isConfirmed(strengthOf(stay))).sort(weakFirst),
    missing: turns.flatMap((turn) => {
      const { came, replaced } = attendance(book, turn.fact.id)
      const { holders } = seatsOf(turn, seatFacts(book, turn.fact.id))
      return holders
        .filter(({ member }) => !came.has(member) && !replaced.has(member))
        .map((seat) => ({ turn, seat }))
    }),
  }
}

/** May this person sign others in here: a leader of the post, or of a turn at it that runs or is near? */
export function leadsAt(book: DutyBook, post: PostId, body: Post, member: MemberId, now: number): boolean {
  if (body.leaders?.includes(member)) return true
  return turnsBetween(book, now - soonMs, now + soonMs)
    .filter((turn) => turn.body.post === post)
    .some((turn) =>
      seatsOf(turn, seatFacts(book, turn.fact.id)).holders.some(
        (seat) => seat.member === member && seat.leads,
      ),
    )
}

/** What people are called in the roster, by member: as whoever reads it may see them. */
export function rosterNames(book: DutyBook): Map<MemberId, string> {
  const names = new Map<MemberId, string>()
  for (const seats of book.seats.values())
    for (const { body } of seats.values()) names.set(body.member, body.name)
  return names
}
