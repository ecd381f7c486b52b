import fc from 'fast-check'
import { v7 } from 'uuid'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { TestCentre, type TestPhone } from '../../support/centre.ts'

let centre: TestCentre
let phones: TestPhone[]
beforeEach(async () => {
  centre = await new TestCentre().settle()
  phones = [
    await centre.phone('coordinator'),
    await centre.phone('coordinator'),
    await centre.phone('coordinator'),
  ]
})
afterEach(() => centre.end())

/** What the centre has at the end, without the order in which it came. */
async function state(ids: readonly string[], homes: readonly string[]): Promise<unknown> {
  const entries = await centre.storage.entriesById(
    [...new Set((await centre.storage.logbooksUnder([centre.community])).map((row) => row.id))],
    ids,
  )
  const records = await centre.storage.records(`homes/${centre.compound}`, 'household', homes)
  return {
    entries: entries
      .map(({ id, n, at, flags, line }) => ({ id, n, at, flags, line }))
      .sort((a, b) => (a.id < b.id ? -1 : 1)),
    records: records.map(({ id, body, lost }) => ({ id, body: Object.entries(body).sort(), lost })),
    aside: (await centre.storage.quarantineIn(centre.community, 100, 'open')).length,
  }
}

it('[PU3] [PU9] [FD2] pages in any order, any number of times, in any requests, give the same state', async () => {
  const fields = ['note', 'heads', 'plates'] as const
  const values = { note: 'dog', heads: 3, plates: ['京A12345'] }
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.tuple(fc.nat(1000), fc.nat(2)), { minLength: 12, maxLength: 40 }),
      fc.integer({ min: 1, max: 4 }),
      async (picks, together) => {
        const home = v7()
        const tallied = await centre.storage.tallies(`gate/${centre.compound}`, 0, Infinity)
        const create = centre.patch('household', home, { home: '1-1-101', people: [] })
        const sent = phones.map((phone, i) => {
          const field = fields[i] ?? 'note'
          const edit = centre.patch('household', home, { [field]: values[field] }, { seen: i === 0 ? 0 : 1 })
          const entries = [...(i === 0 ? [create] : []), edit, centre.passage(), centre.passage()]
          const own = entries.map((entry) => ({ by: phone.member, ...entry }))
          return { entries: own, pages: phone.sealer.sealAll(own, 1) }
        })
        const ids = sent.flatMap(({ entries }) => entries.map((entry) => entry.id))
        // The create is the first page of its phone; any other page may come before it.
        const pool = sent.flatMap(({ pages }) => pages)
        const order = [...picks.map(([at]) => pool[at % pool.length]), ...pool].flatMap((page) => page ?? [])
        for (let i = 0; i < order.length; i += together) {
          const [first] = order.slice(i)
          const same = order
            .slice(i, i + together)
            .filter((page) => page.header.install === first?.header.install)
          await centre.push(same)
          const rest = order.slice(i, i + together).filter((page) => !same.includes(page))
          for (const page of rest) await centre.push([page])
        }
        expect(await state(ids, [home])).toEqual({
          entries: sent
            .flatMap(({ entries, pages }) =>
              entries.map((entry, i) => ({ entry, n: pages[i]?.header.first })),
            )
            .map(({ entry, n }) => ({
              id: entry.id,
              n,
              at: centre.now,
              flags: null,
              line: JSON.stringify(entry),
            }))
            .sort((a, b) => (a.id < b.id ? -1 : 1)),
          records: [
            { id: home, body: Object.entries({ home: '1-1-101', people: [], ...values }).sort(), lost: [] },
          ],
          aside: 0,
        })
        const [before] = tallied
        const [after] = await centre.storage.tallies(`gate/${centre.compound}`, 0, Infinity)
        expect((after?.n ?? 0) - (before?.n ?? 0)).toBe(6)
      },
    ),
    { numRuns: 25 },
  )
})
