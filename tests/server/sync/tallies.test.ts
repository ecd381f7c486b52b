import fc from 'fast-check'
import { v7 } from 'uuid'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { rebuildTallies, wrongTallies } from '../../../src/server/sync/recount.ts'
import { TestCentre, type TestPhone } from '../../support/centre.ts'

let centre: TestCentre
let guard: TestPhone
const gateLog = (): string => `gate/${centre.compound}`

beforeEach(async () => {
  centre = await new TestCentre().settle()
  guard = await centre.phone('guard')
})
afterEach(() => centre.end())

const counts = async (): Promise<Record<string, number>> => {
  const rows = await centre.storage.tallies(gateLog(), -Infinity, Infinity)
  return Object.fromEntries(rows.map((row) => [row.metric, row.n]))
}

describe('counts', () => {
  it('are kept per post and hour of the corrected time', async () => {
    await centre.send(guard, [
      centre.passage({ heads: 3 }),
      centre.passage({ celsius: 38.5, decision: 'refuse', reason: 'fever' }, { at: centre.now + 3_600_000 }),
    ])
    const rows = await centre.storage.tallies(gateLog(), centre.now, centre.now + 1)
    expect(rows).toEqual([
      { logbook: gateLog(), post: centre.gate, hour: centre.now, metric: 'person.in.admit', n: 3 },
    ])
    expect(await counts()).toEqual({ 'person.in.admit': 3, 'person.in.refuse': 1, fever: 1, measured: 1 })
  })

  it('[FD1] follow a correction, and one that arrives before its target', async () => {
    const [first, second] = [centre.passage(), centre.passage()]
    await centre.send(guard, [first, centre.correction(second.id, { patch: { way: 'out' } })])
    expect(await counts()).toEqual({ 'person.in.admit': 1 })
    await centre.send(guard, [second, centre.correction(first.id, { patch: { heads: 4 } })])
    expect(await counts()).toEqual({ 'person.in.admit': 4, 'person.out.admit': 1 })
  })

  it('[FD1] forget what was taken back, and remember it when that was taken back', async () => {
    const fact = centre.passage()
    await centre.send(guard, [fact, centre.correction(fact.id, { retract: true })])
    expect(await counts()).toEqual({})
    await centre.send(guard, [centre.correction(fact.id, { retract: false })])
    expect(await counts()).toEqual({ 'person.in.admit': 1 })
  })

  it('a correction cannot reach into another logbook', async () => {
    const other = v7()
    await centre.send(centre.coordinator, [
      centre.patch('place', other, { level: 'compound', name: 'Garden 2', parent: centre.community }),
    ])
    const fact = centre.passage()
    await centre.send(guard, [fact])
    await centre.send(guard, [{ ...centre.correction(fact.id, { retract: true }), logbook: `gate/${other}` }])
    expect(await counts()).toEqual({ 'person.in.admit': 1 })
  })
})

const passages = fc.array(
  fc.record(
    {
      way: fc.constantFrom('in', 'out'),
      subject: fc.constantFrom('person', 'vehicle'),
      heads: fc.integer({ min: 1, max: 5 }),
      celsius: fc.constantFrom(36.5, 38.2),
      decision: fc.constantFrom('admit', 'refuse'),
    },
    { requiredKeys: [] },
  ),
  { minLength: 1, maxLength: 6 },
)
const changes = fc.array(
  fc.record({
    target: fc.nat(5),
    retract: fc.option(fc.boolean(), { nil: undefined }),
    patch: fc.option(
      fc.dictionary(
        fc.constantFrom('way', 'heads', 'celsius', 'decision', 'post'),
        fc.constantFrom<unknown>('in', 'out', 'refuse', 2, 3, null, 'nonsense'),
      ),
      { nil: undefined },
    ),
  }),
  { maxLength: 8 },
)

it('[FD1] counts are what a count from the entries gives, in whichever order and pages they arrive', async () => {
  await fc.assert(
    fc.asyncProperty(
      passages,
      changes,
      fc.infiniteStream(fc.nat(1000)),
      fc.integer({ min: 1, max: 5 }),
      async (bodies, list, order, perPage) => {
        const facts = bodies.map((body) => centre.passage(body))
        const corrections = list.map(({ target, retract, patch }) =>
          centre.correction(facts[target % facts.length]?.id ?? '', {
            ...(retract === undefined ? {} : { retract }),
            ...(patch === undefined ? {} : { patch }),
          }),
        )
        const shuffled = [...facts, ...corrections]
          .map((entry) => ({ entry, rank: order.next().value }))
          .sort((a, b) => a.rank - b.rank)
        const pages = guard.sealer.sealAll(
          shuffled.map(({ entry }) => ({ by: guard.member, ...entry })),
          perPage,
        )
        for (const page of pages) {
          await centre.push([page])
          await centre.push([page])
          expect(await wrongTallies(centre.storage, gateLog())).toEqual([])
        }
      },
    ),
    { numRuns: 40 },
  )
})

it('a rebuild repairs counts that are wrong, and finds nothing more to do', async () => {
  await centre.send(guard, [centre.passage(), centre.passage({ way: 'out' })])
  const before = await counts()
  const wrong = { logbook: gateLog(), post: centre.gate, hour: centre.now, metric: 'person.in.admit', n: 5 }
  await centre.storage.write((tx) => tx.addTallies([wrong]))
  expect(await wrongTallies(centre.storage, gateLog())).toEqual([wrong])
  await rebuildTallies(centre.storage, gateLog())
  expect(await counts()).toEqual(before)
})
