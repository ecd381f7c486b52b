import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { levels, type PlaceNode } from '../../../../src/domain/places.ts'
import { covers } from '../../../../src/domain/rules/duty/coverage.ts'
import { rollUp, sumPosts } from '../../../../src/domain/rules/duty/rollUp.ts'

const small = fc.nat({ max: 50 })
const figures = fc.record({
  cover: fc.constantFrom(...covers),
  ...{ needed: small, here: small, late: small, leaving: small },
  ...{ came: small, cameYesterday: small, unconfirmed: small, forgotten: small },
})

/** A tree of all five levels: each place hangs on a random one of the level above. */
const trees = fc.array(fc.nat(), { minLength: 30, maxLength: 60 }).map((draws) =>
  draws.map((draw, i): PlaceNode => {
    const depth = i === 0 ? 0 : 1 + (i % (levels.length - 1))
    const above = draws.map((_, j) => j).filter((j) => j < i && (j === 0 ? 0 : 1 + (j % 4)) < depth)
    const parent = above[draw % Math.max(1, above.length)]
    const level = levels[depth] ?? 'building'
    return { id: `p${i}`, level, name: `${i}`, ...(parent === undefined ? {} : { parent: `p${parent}` }) }
  }),
)

describe('roll-up', () => {
  it('every place has exactly the sum of the posts at it and below it, from building to county', () => {
    fc.assert(
      fc.property(trees, fc.array(fc.tuple(figures, fc.nat()), { maxLength: 40 }), (places, draws) => {
        const posts = draws.map(([one, at]) => ({ ...one, place: `p${at % (places.length + 2)}` }))
        const sums = rollUp(places, posts)
        const isBelow = (place: string, above: string): boolean =>
          place === above ||
          places.some(({ id, parent }) => id === place && parent !== undefined && isBelow(parent, above))
        for (const { id } of places) {
          const below = posts.filter((post) => isBelow(post.place, id))
          expect(sums.get(id)).toEqual(below.length > 0 ? sumPosts(below) : undefined)
        }
        const lost = posts.filter((post) => !places.some(({ id }) => id === post.place))
        expect(sums.get('')?.posts ?? 0).toBe(lost.length)
      }),
    )
  })

  it('survives a loop in the tree', () => {
    const places: PlaceNode[] = [
      { id: 'a', level: 'compound', name: 'a', parent: 'b' },
      { id: 'b', level: 'building', name: 'b', parent: 'a' },
    ]
    const [one] = fc.sample(figures, 1)
    expect(one && rollUp(places, [{ ...one, place: 'a' }]).get('b')?.posts).toBe(1)
  })
})
