import type { DutyBook, Stay } from './book.ts'
import { cameAt } from './book.ts'
import { endOf, turnOf } from './ending.ts'
import { staysOfMember } from './mine.ts'

/** Other stays of the same person at the same post that nobody ended and that go on at the same time by `now`. */
function besides(book: DutyBook, stay: Stay, now: number): Stay[] {
  const { member, post } = stay.body
  if (member === undefined) return []
  const until = (one: Stay): number => endOf(one, turnOf(book, one), now)?.at ?? Infinity
  return staysOfMember(book, member).filter(
    (one) =>
      one.fact.id !== stay.fact.id &&
      one.body.post === post &&
      one.outs.length === 0 &&
      cameAt(one) <= until(stay) &&
      cameAt(stay) <= until(one),
  )
}

/** The drafts of one write are composed one after another. */
const oneWriteMs = 1000

/** Stays whose end was written with the end of this one: of the same person and post, by the same hand, at once. */
function endedWith(book: DutyBook, { fact, body, outs }: Stay): Stay[] {
  const out = outs[0]?.fact
  if (!out || body.member === undefined) return []
  return staysOfMember(book, body.member).filter((one) => {
    const its = one.outs[0]?.fact
    const isOther = one.fact.id !== fact.id && one.body.post === body.post
    return isOther && its?.by === out.by && Math.abs(its.deviceAt - out.deviceAt) < oneWriteMs
  })
}

const howOf = (book: DutyBook, stay: Stay, now: number) => endOf(stay, turnOf(book, stay), now)?.how

/** Two turns that follow each other are two times, each with an end of its own. */
const ofOneTurn = (a: Stay, b: Stay): boolean =>
  a.body.shift === undefined || b.body.shift === undefined || a.body.shift === b.body.shift

/**
 * The other stays that a word about the end of this one is about as well, by `now` (corrected ms): the same person
 * signed in on two phones, or by a leader as well. Both are still open, or both were closed for want of a check-out, and
 * they are not of different turns: what is said about a turn that is over ends nothing that goes on. Of a stay that has an
 * end, those whose end was written with it.
 */
export const twinsOf = (book: DutyBook, stay: Stay, now: number): Stay[] => {
  if (stay.outs.length > 0) return endedWith(book, stay)
  const how = howOf(book, stay, now)
  return besides(book, stay, now).filter((one) => howOf(book, one, now) === how && ofOneTurn(one, stay))
}

/**
 * The other stays that end when this person leaves the post of this one at `now` (corrected ms). Who leaves, leaves all
 * that is open there, of whichever turn; of what was closed already it ends the twins only.
 */
export const leavingWith = (book: DutyBook, stay: Stay, now: number): Stay[] =>
  howOf(book, stay, now) === undefined
    ? besides(book, stay, now).filter((one) => howOf(book, one, now) === undefined)
    : twinsOf(book, stay, now)
