import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  absorbDuty,
  emptyDuty,
  staysOf,
  turnsAt,
  turnsNaming,
  turnsOf,
  type DutyBook,
} from '../../../../src/domain/rules/duty/book.ts'
import { finderOf } from '../../../../src/domain/rules/duty/finder.ts'
import { attendance, staysOfMember } from '../../../../src/domain/rules/duty/mine.ts'
import { dutyFact, idOf } from './facts.ts'

const [posts, people] = [
  [idOf(11), idOf(12)],
  [idOf(21), idOf(22), idOf(23)],
]
const turns = posts.map((post, n) => dutyFact('shift', { post, starts: n, ends: 9_000, heads: 2 }))
const seats = people.flatMap((member, n) =>
  turns.map(({ id }) => dutyFact('claim', { shift: id, member, name: `${n}`, act: 'take' })),
)
const stays = people.flatMap((member, n) =>
  turns.map(({ id }) => dutyFact('checkIn', { post: posts[n % 2], member, way: 'printed', shift: id })),
)
/** The turn goes to the other post; stays become another turn's, or were never. */
const changes = [
  dutyFact('shiftChange', { target: turns[0]?.id, patch: { post: posts[1] } }),
  dutyFact('shiftChange', { target: turns[1]?.id, retract: true }),
  ...stays.map(({ id }, n) =>
    dutyFact(
      'amendment',
      n % 3 === 0
        ? { target: id, retract: true }
        : { target: id, patch: { shift: turns[n % 2]?.id, instead: people[n % 2] }, why: 'mistake' },
    ),
  ),
]
const all = [...turns, ...seats, ...stays, ...changes]

/** The same by looking through everything. */
function searched(book: DutyBook) {
  return {
    stays: people.map((one) => staysOf(book).filter(({ body }) => body.member === one)),
    at: posts.map((post) => turnsOf(book).filter(({ body }) => body.post === post)),
    naming: people.map((one) =>
      turnsOf(book).filter(({ fact }) =>
        [...(book.seats.get(fact.id)?.values() ?? [])].some(({ body }) => body.member === one),
      ),
    ),
    came: turns.map(({ id }) =>
      staysOf(book)
        .filter(({ body }) => body.shift === id)
        .map(({ body }) => body.member)
        .sort(),
    ),
  }
}

const found = (book: DutyBook): ReturnType<typeof searched> => ({
  stays: people.map((one) => staysOfMember(book, one)),
  at: posts.map((post) => turnsAt(book, post)),
  naming: people.map((one) => turnsNaming(book, one)),
  came: turns.map(({ id }) => [...attendance(book, id).came].sort()),
})

describe('what is found in a duty book without looking through it', () => {
  it('is what looking through it finds, whenever it was first asked and however the facts came ([FD1])', () => {
    const order = fc.shuffledSubarray([...all, ...all], { minLength: all.length })
    fc.assert(
      fc.property(order, fc.nat(all.length * 2), (facts, asked) => {
        const book = emptyDuty()
        absorbDuty(book, facts.slice(0, asked))
        finderOf(book)
        absorbDuty(book, facts.slice(asked))
        const { came, ...rest } = found(book)
        const expected = searched(book)
        expect(rest).toEqual({ stays: expected.stays, at: expected.at, naming: expected.naming })
        expect(came).toEqual(expected.came.map((members) => [...new Set(members)]))
      }),
    )
  })
})
