import type { DutyBook, Stay } from './book.ts'
import { cameAt } from './book.ts'
import { endOf, turnOf } from './ending.ts'
import { staysOfMember } from './mine.ts'

/**
 * The other stays of the same person at the same post that nobody ended and that go on at the same time by `now`
 * (corrected ms): signed in on two phones, or by a leader as well. Who leaves, leaves all of them.
 */
export function twinsOf(book: DutyBook, stay: Stay, now: number): Stay[] {
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
