import fc from 'fast-check'
import { expect, it } from 'vitest'
import { childrenOf, compare, mayContain, pathOf, type PlaceNode } from '../../src/domain/places.ts'

const node = (id: string, level: PlaceNode['level'], parent?: string): PlaceNode => ({
  id,
  level,
  name: id,
  parent,
})
const byId = (places: PlaceNode[]) => new Map(places.map((p) => [p.id, p]))

it('the path runs from the narrowest to the widest', () => {
  const places = [node('c', 'community'), node('x', 'compound', 'c'), node('b', 'building', 'x')]
  expect(pathOf('b', byId(places))).toEqual(['b', 'x', 'c'])
})

it('any tree, also one with loops and gaps, ends the walk and repeats nothing', () => {
  const ids = ['a', 'b', 'c', 'd', 'e']
  const parents = fc.array(fc.option(fc.constantFrom(...ids, 'nowhere'), { nil: undefined }), {
    minLength: 5,
    maxLength: 5,
  })
  fc.assert(
    fc.property(parents, (parent) => {
      const places = byId(ids.map((id, i) => node(id, 'building', parent[i])))
      for (const id of ids) {
        const path = pathOf(id, places)
        expect(path[0]).toBe(id)
        expect(new Set(path).size).toBe(path.length)
      }
    }),
  )
})

it('a place whose parent is unknown stands at the top, so it is never out of sight', () => {
  const tree = childrenOf([node('x', 'compound', 'gone'), node('c', 'community')])
  expect(tree.get('')?.map((p) => p.id)).toEqual(['c', 'x'])
})

it('a building holds no community', () => {
  expect(mayContain('community', 'compound')).toBe(true)
  expect(mayContain('building', 'community')).toBe(false)
  expect(mayContain('compound', 'compound')).toBe(false)
})

it('10 comes after 9, and the order is one order', () => {
  expect(['10号楼', '9号楼', '1号楼'].sort(compare)).toEqual(['1号楼', '9号楼', '10号楼'])
  fc.assert(
    fc.property(fc.string(), fc.string(), fc.string(), (a, b, c) => {
      expect(Math.sign(compare(a, b)) + Math.sign(compare(b, a))).toBe(0)
      if (compare(a, b) <= 0 && compare(b, c) <= 0) expect(compare(a, c)).toBeLessThanOrEqual(0)
    }),
  )
})
