import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { aboveDrafts, namesAbove, type AboveNames } from '../../../../src/client/features/desk/start/above.ts'
import { treeRows } from '../../../../src/client/features/desk/duty/tree.ts'
import type { Doc } from '../../../../src/domain/entry.ts'
import type { Place } from '../../../../src/domain/kinds/place.ts'
import { levels } from '../../../../src/domain/places.ts'
import { rollUp } from '../../../../src/domain/rules/duty/rollUp.ts'
import { idOf } from '../../../domain/rules/duty/facts.ts'

const community = idOf(1)
const logbook = `duty/${community}`

const docOf = (id: string, body: Place): Doc<Place> => ({
  ...{ kind: 'place', id, logbook, seq: 1, at: 0, removed: false, state: 'sent', lost: [] },
  body,
})
const first = [docOf(community, { level: 'community', name: 'Newtown' })]

let made = 0
const newId = (): string => idOf(900 + made++)

/** The places after the form was saved with these names. */
function saved(places: readonly Doc<Place>[], names: AboveNames): Doc<Place>[] {
  const { drafts, parent } = aboveDrafts({ logbook, id: community, places }, names, newId)
  const bodies = new Map(places.map(({ id, body }) => [id, body]))
  for (const { record = '', body } of drafts) bodies.set(record, { ...bodies.get(record), ...body } as Place)
  bodies.set(community, { ...bodies.get(community), parent } as Place)
  return [...bodies].filter(([, body]) => !body.removed).map(([id, body]) => docOf(id, body))
}

const name = fc.constantFrom('', ' ', 'North', 'Riverside', '城关')
const named = fc.record({ street: name, county: name })

describe('the street and the county of a community', () => {
  it('are what was written last, however often it was changed, and nothing is left behind', () => {
    fc.assert(
      fc.property(fc.array(named, { minLength: 1, maxLength: 5 }), (all) => {
        const places = all.reduce(saved, first)
        const last = all.at(-1)
        const wanted = { street: last?.street.trim(), county: last?.county.trim() }
        expect(namesAbove({ logbook, id: community, places })).toEqual(wanted)
        expect(places).toHaveLength(1 + Object.values(wanted).filter(Boolean).length)
      }),
    )
  })

  it('save nothing where nothing changed', () => {
    const places = saved(first, { street: 'North', county: 'Riverside' })
    const again = aboveDrafts(
      { logbook, id: community, places },
      { street: 'North', county: 'Riverside' },
      newId,
    )
    expect(again.drafts).toEqual([])
    expect(again.parent).toBe(places.find(({ id }) => id === community)?.body.parent)
  })

  it('make five levels of the board’s tree: a building’s post counts up to the county', () => {
    const [compound, building] = [idOf(2), idOf(3)]
    const places = [
      ...saved(first, { street: 'North street', county: 'Riverside county' }),
      docOf(compound, { level: 'compound', name: 'Garden 1', parent: community }),
      docOf(building, { level: 'building', name: '3', parent: compound }),
    ]
    const nodes = places.map(({ id, body }) => ({ id, ...body }))
    const one = {
      cover: 'short',
      needed: 3,
      here: 2,
      late: 1,
      leaving: 0,
      came: 5,
      cameYesterday: 4,
    } as const
    const sums = rollUp(nodes, [{ ...one, unconfirmed: 1, forgotten: 0, place: building }])
    const rows = treeRows(nodes, sums)
    expect(rows.map(({ place, depth }) => [place.level, depth])).toEqual(levels.map((level, n) => [level, n]))
    expect(rows.every((row) => row.sums.here === 2 && row.sums.needed === 3)).toBe(true)
  })
})
