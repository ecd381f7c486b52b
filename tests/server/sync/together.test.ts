import fc from 'fast-check'
import { afterEach, beforeEach, expect, it } from 'vitest'
import type { WirePage } from '../../../src/protocol/page.ts'
import type { EntryRow } from '../../../src/server/storage/rows.ts'
import type { Transaction } from '../../../src/server/storage/storage.ts'
import { pagesIn } from '../../../src/server/sync/wirePages.ts'
import { readPush, storeCounts, storePush, type Push, type Pushed } from '../../../src/server/sync/accept.ts'
import { Senders } from '../../../src/server/sync/senders.ts'
import { isPlain, storeTogether } from '../../../src/server/sync/together.ts'
import { TestCentre, type TestPhone } from '../../support/centre.ts'
import { pushText } from '../../support/pages.ts'
import { replaced } from '../../support/replaced.ts'

let centre: TestCentre
let phones: TestPhone[]
beforeEach(async () => {
  centre = await new TestCentre().settle()
  phones = [await centre.phone('guard'), await centre.phone('guard'), await centre.phone(null)]
})
afterEach(() => centre.end())

async function pushOf(pages: readonly WirePage[]): Promise<Push> {
  const told = { sentAt: centre.now, unsent: pages.length, app: null }
  const senders = new Senders(centre.storage)
  const push = await readPush(senders, pagesIn(Buffer.from(pushText(...pages))), told, centre.now)
  if (!push.ok) throw new Error(push.problem)
  return push.value
}

/** What these pushes come to when they are stored so, and all that is there then; nothing of it stays. */
async function outcome(work: (tx: Transaction) => Promise<Pushed[]>): Promise<unknown> {
  let seen: unknown
  const stop = new Error('undone')
  const looked = centre.storage.write(async (tx) => {
    const done = await work(tx)
    await storeCounts(tx, done)
    const aside = await tx.quarantineIn(centre.community, 1000)
    seen = {
      receipts: done.map(({ install, pages, heads }) => ({
        install,
        heads,
        pages: pages.map((page) => page.receipt),
      })),
      told: done.flatMap(({ pages }) =>
        pages.map(({ logbooks, scope, fresh }) => ({ logbooks, scope, fresh })),
      ),
      entries: await tx.entries({ logbook: gate(), after: 0, limit: 1000 }),
      tallies: await tx.tallies(gate(), -Infinity, Infinity),
      pages: await Promise.all(phones.map(({ row }) => tx.pagesOf(row.id))),
      installs: await Promise.all(phones.map(({ row }) => tx.install(row.id))),
      aside: aside.map(({ id: _id, ...row }) => row).sort((a, b) => (a.line + a.n < b.line + b.n ? -1 : 1)),
    }
    throw stop
  })
  await expect(looked).rejects.toBe(stop)
  return seen
}
const gate = (): string => `gate/${centre.compound}`

const told = ['passage', 'twice', 'correction', 'elsewhere', 'alien', 'noise'] as const
type Told = (typeof told)[number]

/** Lines of entries of all sorts; those that refer to another one refer to what was told before. */
function lineOf(what: Told, phone: TestPhone, before: string[]): string {
  const passage = { by: phone.member, ...centre.passage() }
  const line = (entry: object): string => JSON.stringify({ by: phone.member, ...entry })
  switch (what) {
    case 'passage':
      before.push(JSON.stringify(passage))
      return JSON.stringify(passage)
    case 'twice':
      return before.at(-1) ?? 'nothing yet'
    case 'correction': {
      const target: unknown = JSON.parse(before.at(-1) ?? '{}')
      const id = typeof target === 'object' && target && 'id' in target ? String(target.id) : passage.id
      return line(centre.correction(id, { patch: { heads: 4 } }))
    }
    case 'elsewhere':
      return line(centre.passage({}, { logbook: 'gate/01990000-0000-7000-8000-000000000bad' }))
    case 'alien':
      return line(centre.fact('martian', {}))
    case 'noise':
      return '{"no entry'
  }
}

const plan = fc.array(
  fc.record({
    phone: fc.nat(2),
    /** Another page of the same number follows, or the same page again. */
    trouble: fc.constantFrom('none', 'none', 'fork', 'again'),
    lines: fc.array(fc.constantFrom(...told), { minLength: 1, maxLength: 4 }),
  }),
  { minLength: 1, maxLength: 6 },
)

it('[PU2] [PU3] [PU8] [FO1] what is stored together is what is stored one by one', async () => {
  await fc.assert(
    fc.asyncProperty(plan, async (steps) => {
      const before: string[] = []
      const pushes: Push[] = []
      for (const { phone: which, trouble, lines } of steps) {
        const phone = phones[which]
        if (!phone) continue
        const place = phone.sealer.place
        const seal = () => phone.sealer.seal(lines.map((what) => lineOf(what, phone, before)))
        const pages = [seal()]
        if (trouble === 'fork') phone.sealer.rewind(place)
        if (trouble === 'fork') pages.push(seal())
        pushes.push(await pushOf(pages))
        if (trouble === 'again') pushes.push(await pushOf(pages))
      }
      expect(pushes.every(isPlain)).toBe(true)
      const together = await outcome((tx) => storeTogether(tx, pushes))
      const alone = await outcome(async (tx) => {
        const done: Pushed[] = []
        for (const push of pushes) done.push(await storePush(tx, push))
        // Heads are those of the whole transaction.
        const heads = new Map(done.flatMap(({ heads: of }) => Object.entries(of)))
        return done.map((push) => ({
          ...push,
          heads: Object.fromEntries(Object.keys(push.heads).map((id) => [id, heads.get(id) ?? 0])),
        }))
      })
      expect(together).toEqual(alone)
    }),
    { numRuns: 25 },
  )
}, 60_000)

it('pages with documents go one by one: others are judged by what they change', async () => {
  const body = { level: 'compound', name: 'Garden 2', parent: centre.community }
  const place = centre.patch('place', centre.compound, body)
  const patch = centre.coordinator.sealer.sealAll([{ by: centre.coordinator.member, ...place }])
  expect(isPlain(await pushOf(patch))).toBe(false)
})

it('a page that makes the program fail costs those that share its transaction nothing', async () => {
  const [one, other] = phones
  if (!one || !other) throw new Error('no phones')
  const bad = centre.passage()
  const trouble = (rows: readonly EntryRow[]): void => {
    if (rows.some((row) => row.id === bad.id)) throw new TypeError('a bug')
  }
  await centre.stop()
  await centre.start((storage) =>
    replaced(storage, {
      write: (work) =>
        storage.write((tx) =>
          work(
            replaced(tx, {
              insertEntries: async (rows) => {
                trouble(rows)
                return tx.insertEntries(rows)
              },
            }),
          ),
        ),
    }),
  )
  const receipts = await Promise.all([
    centre.send(one, [bad]),
    centre.send(other, [centre.passage()]),
    centre.send(other, [centre.passage()]),
  ])
  expect(receipts.map(({ pages }) => pages[0]?.entries.map(({ code }) => code))).toEqual([
    ['unreadable'],
    [],
    [],
  ])
})
