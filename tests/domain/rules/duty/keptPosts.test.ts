import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { coverageOf } from '../../../../src/domain/rules/duty/coverage.ts'
import { provenIds, unpackPosts } from '../../../../src/domain/rules/duty/keptPosts.ts'
import {
  absorbPosts,
  emptyPosts,
  factsOf,
  type PostBook,
  type PostFacts,
} from '../../../../src/domain/rules/duty/postBook.ts'
import { days, factsFrom, posts } from './days.ts'
import { packPosts } from './packed.ts'
import { hour, minute } from './random.ts'

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
