import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Fact } from '../../../../src/domain/entry.ts'
import { createAhead } from '../../../../src/domain/rules/duty/keptAhead.ts'
import { unpackPosts } from '../../../../src/domain/rules/duty/keptPosts.ts'
import {
  absorbPosts,
  emptyPosts,
  factsOf,
  looseOf,
  type PostBook,
  type PostFacts,
} from '../../../../src/domain/rules/duty/postBook.ts'
import type { StrengthContext } from '../../../../src/domain/rules/duty/strength.ts'
import { days, factsFrom, people, posts, type Day } from './days.ts'
import { dutyFact, idOf } from './facts.ts'
import { packPosts } from './packed.ts'
import { hour, minute } from './random.ts'

const believed: StrengthContext = {
  proofHolds: ({ fact }) => (fact.body.way === 'rotating' ? fact.at % 2 === 0 : undefined),
}

/** Who came for a turn is a set: a recount names them by their time, what is added by their arrival. */
const read = (facts: PostFacts): object => ({
  ...facts,
  turns: facts.turns.map((turn) => ({ ...turn, served: [...turn.served].sort() })),
})
const readAll = (book: PostBook): object =>
  Object.fromEntries(posts.map((post) => [post, read(factsOf(book, post))]))

function bookOf(facts: readonly Fact[], context = believed): PostBook {
  const book = emptyPosts(context)
  absorbPosts(book, facts)
  return book
}

/** A board as it comes back from the disk, and what may be added to it. */
function keptOf(facts: readonly Fact[], context = believed) {
  const book = bookOf(facts, context)
  const packed = packPosts(new Map(posts.map((post) => [post, factsOf(book, post)])), () => true)
  const kept = { ...emptyPosts(context), read: unpackPosts(structuredClone(packed)) }
  return { kept, ahead: createAhead(kept.read, new Set(looseOf(book)), context) }
}

interface Said {
  about: number
  kind: string
  by: string
}

/** Words of others about what is in the day: some need what the board was made of. */
const words = fc.array(
  fc.record({
    about: fc.nat(40),
    kind: fc.constantFrom('vouch', 'amendment', 'checkOut', 'unitSignIn'),
    by: fc.constantFrom(...people),
  }),
  { maxLength: 4 },
)

function wordsAbout(facts: readonly Fact[], said: readonly Said[]): Fact[] {
  return said.map(({ about, kind, by }) => {
    const { id, at } = facts[about % facts.length] ?? { id: idOf(1), at: 0 }
    const bodies: Record<string, Record<string, unknown>> = {
      vouch: { checkIn: id, name: '样本' },
      amendment: { target: id, retract: true },
      checkOut: { checkIn: id, post: posts[0], way: 'printed' },
      unitSignIn: { post: posts[0], unit: idOf(70), count: 3, name: '样本' },
    }
    return dutyFact(kind, bodies[kind] ?? {}, { at: at + minute, by })
  })
}
/** Facts in an order of arrival that is now and then not that in which they were made. */
const cases = fc
  .tuple(days, words, fc.infiniteStream(fc.nat(8)), fc.nat(99))
  .map(([day, said, waits, share]) => {
    const facts = factsFrom(day)
    const all = [...facts, ...wordsAbout(facts, said)]
    const arrival = new Map(all.map((fact, n) => [fact, n + Number(waits.next().value)]))
    const inOrder = all.toSorted((a, b) => (arrival.get(a) ?? 0) - (arrival.get(b) ?? 0))
    const size = Math.floor((all.length * share) / 100)
    return { before: inOrder.slice(0, size), after: inOrder.slice(size) }
  })

describe('what arrives before the logbook was read behind a kept board', () => {
  it('is added as a recount has it, or not at all, whatever the order of arrival', () => {
    let [added, refused] = [0, 0]
    fc.assert(
      fc.property(cases, ({ before: first, after }) => {
        const { kept, ahead } = keptOf(first)
        for (const [n, fact] of after.entries()) {
          const before = readAll(kept)
          if (!ahead.add(fact)) {
            refused += 1
            expect(readAll(kept)).toEqual(before)
            break
          }
          added += 1
          expect(readAll(kept)).toEqual(readAll(bookOf([...first, ...after.slice(0, n + 1)])))
        }
      }),
      { numRuns: 600 },
    )
    // Otherwise this would say nothing.
    expect(added).toBeGreaterThan(200)
    expect(refused).toBeGreaterThan(50)
  })

  const noon = Date.UTC(2026, 5, 1, 4)
  const day: Day = {
    noon,
    turns: [0],
    list: [
      {
        post: posts[0] ?? '',
        member: people[0],
        by: people[0] ?? '',
        minutes: 0,
        lasts: undefined,
        planned: true,
        way: 'printed',
      },
    ],
  }
  const facts = factsFrom(day)
  const stay = facts.find(({ kind }) => kind === 'checkIn')
  const [post = ''] = posts
  const comes = (body: object = {}, at = noon + minute): Fact =>
    dutyFact('checkIn', { post, name: '样本', way: 'leader', ...body }, { at })
  const goes = (checkIn: string): Fact =>
    dutyFact('checkOut', { checkIn, post, way: 'printed' }, { at: noon + hour })

  it('counts somebody who comes, for a turn or without, at a post where nobody was as well, and who goes', () => {
    const { kept, ahead } = keptOf(facts)
    const shift = facts.find(({ kind }) => kind === 'shift')?.id
    const one = comes({ shift, member: people[1] })
    const all = [one, comes(), comes({ post: posts[2] }), goes(stay?.id ?? ''), goes(one.id)]
    expect(all.map((fact) => ahead.add(fact))).toEqual(all.map(() => true))
    expect(readAll(kept)).toEqual(readAll(bookOf([...facts, ...all])))
    expect(kept.read.get(post)?.open).toHaveLength(1)
  })

  it('goes on no more after something that it can’t tell', () => {
    const { ahead } = keptOf(facts)
    expect(ahead.add(dutyFact('amendment', { target: stay?.id, retract: true }))).toBe(false)
    expect(ahead.add(comes())).toBe(false)
  })

  it('leaves a check-in alone of which something was heard before it came', () => {
    const late = comes()
    const { ahead } = keptOf([...facts, goes(late.id)])
    expect(ahead.add(late)).toBe(false)
  })

  it('leaves a check-in alone whose turn is not on the board', () => {
    expect(keptOf(facts).ahead.add(comes({ shift: idOf(77) }))).toBe(false)
  })

  it('believes who came by what is found out of their code later', () => {
    let holds: boolean | undefined
    const context: StrengthContext = { proofHolds: () => holds }
    const { kept, ahead } = keptOf(facts, context)
    const one = comes({ way: 'rotating', member: people[1] })
    ahead.add({ ...one, by: people[1] ?? '' })
    const confirmed = () => kept.read.get(post)?.came.find(({ id }) => id === one.id)?.confirmed
    expect(confirmed()).toBe(true)
    holds = false
    ahead.judge()
    expect(confirmed()).toBe(false)
  })
})
