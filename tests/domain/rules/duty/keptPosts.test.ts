import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Fact } from '../../../../src/domain/entry.ts'
import { coverageOf } from '../../../../src/domain/rules/duty/coverage.ts'
import { packPosts, provenIds, unpackPosts } from '../../../../src/domain/rules/duty/keptPosts.ts'
import {
  absorbPosts,
  emptyPosts,
  factsOf,
  type PostBook,
  type PostFacts,
} from '../../../../src/domain/rules/duty/postBook.ts'
import { dutyFact, idOf } from './facts.ts'
import { hour, minute, moments } from './random.ts'

const posts = [idOf(10), idOf(11), idOf(12)]
const people = Array.from({ length: 5 }, (_, n) => idOf(20 + n))

const events = fc.record({
  post: fc.constantFrom(...posts),
  member: fc.option(fc.constantFrom(...people), { nil: undefined }),
  by: fc.constantFrom(...people),
  minutes: fc.integer({ min: -30 * 60, max: 30 * 60 }),
  lasts: fc.option(fc.integer({ min: 1, max: 600 }), { nil: undefined }),
  planned: fc.boolean(),
  way: fc.constantFrom('rotating', 'printed', 'leader', 'paper'),
})

/** A day at a few posts: turns, who has them, who came and who left. */
const days = fc.record({
  noon: moments,
  list: fc.array(events, { maxLength: 30 }),
  turns: fc.array(fc.integer({ min: -20, max: 20 }), { minLength: 1, maxLength: 6 }),
})
type Day = typeof days extends fc.Arbitrary<infer T> ? T : never

function factsFrom({ noon, list, turns }: Day): Fact[] {
  const made = turns.map((at, n) =>
    dutyFact('shift', {
      ...{ post: posts[n % posts.length], heads: 1 + (n % 3) },
      ...{ starts: noon + at * hour, ends: noon + (at + 4) * hour },
    }),
  )
  const seats = made.map((turn, n) => {
    const member = people[n % people.length]
    return dutyFact(
      'assignment',
      { shift: turn.id, member, name: `样本${n}`, act: 'assign' },
      { at: noon - 40 * hour },
    )
  })
  const stays = list.flatMap(({ post, member, by, minutes, lasts, planned, way }, n) => {
    const at = noon + minutes * minute
    const shift = planned ? { shift: made[n % made.length]?.id } : {}
    const came = dutyFact(
      'checkIn',
      { post, name: '样本', way, ...shift, ...(member ? { member } : {}) },
      { at, by },
    )
    const left = { checkIn: came.id, post, way: 'printed' }
    return lasts === undefined ? [came] : [came, dutyFact('checkOut', left, { at: at + lasts * minute, by })]
  })
  return [...made, ...seats, ...stays]
}

const read = (book: PostBook): Map<string, PostFacts> =>
  new Map(posts.map((post) => [post, factsOf(book, post)]))
const all = (): boolean => true

describe('a board that is kept for the next start', () => {
  it('comes back from the disk as it was, also the times and people it holds', () => {
    fc.assert(
      fc.property(days, (day) => {
        const book = emptyPosts({
          proofHolds: ({ fact }) => (fact.body.way === 'rotating' ? fact.at % 2 === 0 : undefined),
        })
        absorbPosts(book, factsFrom(day))
        const posts = read(book)
        const back = structuredClone(packPosts(posts, all))
        expect(unpackPosts(back)).toEqual(posts)
        const proven = [...posts.values()].flatMap(({ came }) => came.filter((one) => one.proven))
        expect(provenIds(back)).toEqual(proven.map(({ id }) => id))
      }),
    )
  })

  it('stands for the facts it was made of: with what came since it reads as the whole', () => {
    const cut = fc.tuple(days, fc.nat(60), fc.integer({ min: -12 * 60, max: 12 * 60 }))
    fc.assert(
      fc.property(cut, ([day, size, minutes]) => {
        const facts = factsFrom(day)
        const [before, whole] = [emptyPosts(), emptyPosts()]
        absorbPosts(before, facts.slice(0, size))
        absorbPosts(whole, facts)
        const shown = emptyPosts()
        shown.read = unpackPosts(structuredClone(packPosts(read(before), all)))
        // What came since is taken up by the book that is read meanwhile, which then takes the place of the kept one.
        const touched = absorbPosts(before, facts.slice(size))
        const moment = { now: day.noon + minutes * minute, zone: 'Asia/Shanghai', heardAt: null }
        for (const post of posts) {
          const one = touched.has(post) ? before : shown
          expect(coverageOf({ heads: 1 }, factsOf(one, post), moment)).toEqual(
            coverageOf({ heads: 1 }, factsOf(whole, post), moment),
          )
        }
      }),
    )
  })

  it('leaves out turns that no figure of the day needs, and nothing else', () => {
    fc.assert(
      fc.property(days, fc.integer({ min: 0, max: 24 * 60 }), (day, minutes) => {
        const book = emptyPosts()
        absorbPosts(book, factsFrom(day))
        const today = day.noon - 12 * hour
        const near = ({ starts, ends }: { starts: number; ends: number }) =>
          ends > today && starts < today + 25 * hour
        const back = unpackPosts(packPosts(read(book), near))
        const moment = { now: today + minutes * minute, zone: 'Asia/Shanghai', heardAt: null }
        for (const post of posts)
          expect(coverageOf({}, back.get(post) ?? factsOf(emptyPosts(), post), moment)).toEqual(
            coverageOf({}, factsOf(book, post), moment),
          )
      }),
    )
  })
})
