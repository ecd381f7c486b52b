import { v7 } from 'uuid'
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import type { Poke } from '../../../src/protocol/api.ts'
import { pagesIn } from '../../../src/server/sync/wirePages.ts'
import { openPostgres } from '../../../src/server/storage/postgres/open.ts'
import type { PostgresStorage } from '../../../src/server/storage/postgres/storage.ts'
import { sharedPokes } from '../../../src/server/sync/sharedPokes.ts'
import { wire } from '../../../src/server/wire.ts'
import { TestCentre } from '../../support/centre.ts'
import { pushText } from '../../support/pages.ts'
import { Postgres } from '../../support/postgres.ts'
import { until } from '../../support/waiting.ts'

/** Two servers on one database: everything that each has is its own but what stands in the database. */
const now = 1_800_000_000_000
let postgres: Postgres
let url: string
let centre: TestCentre
let doors: PostgresStorage[]
let services: Awaited<ReturnType<typeof wire>>[]

const serve = async () => {
  const storage = await openPostgres({ url })
  doors.push(storage)
  return wire(storage, () => now, undefined, sharedPokes(storage.channel, v7()))
}

beforeAll(async () => {
  postgres = await Postgres.start()
  url = await postgres.database()
  TestCentre.open = () => openPostgres({ url })
})
afterAll(() => postgres.end())
beforeEach(async () => {
  doors = []
  await (await openPostgres({ url })).close()
  await postgres.empty(url)
  // Both start at the same moment on an empty database.
  services = await Promise.all([serve(), serve()])
  centre = await new TestCentre().settle()
  return async () => {
    for (const door of doors) await door.close()
    await centre.end()
  }
})

const one = () => services[0] ?? expect.fail('not serving')
const two = () => services[1] ?? expect.fail('not serving')
const told = { sentAt: null, unsent: null, app: null }

it('have the same epoch and key from the first start on', () => {
  expect(one().centre).toEqual(two().centre)
})

it('[EV2] hear of what came to the other, and of their own once', async () => {
  const guard = await centre.phone('guard')
  const heard: { who: string; poke: Poke }[] = []
  one().pokes.subscribe((poke) => heard.push({ who: 'one', poke }))
  two().pokes.subscribe((poke) => heard.push({ who: 'two', poke }))
  const logbook = `gate/${centre.compound}`
  const of = (who: string, seq: number) =>
    heard.filter(({ who: by, poke }) => by === who && 'logbook' in poke && poke.seq === seq).length
  const send = () =>
    one().sync.accept(
      pagesIn(Buffer.from(pushText(...guard.sealer.sealAll([{ by: guard.member, ...centre.passage() }])))),
      told,
      now,
    )
  // The other's ear may not be open yet: until it is, further pages go the same way.
  let sent = 0
  await until('the other hears', async () => {
    expect((await send()).ok).toBe(true)
    sent++
    return heard.some(({ who }) => who === 'two')
  })
  expect((await send()).ok).toBe(true)
  sent++
  await until('the other hears the last', () => of('two', sent) > 0)
  expect(heard.findLast(({ who }) => who === 'two')?.poke).toEqual({ logbook, seq: sent })
  two().pokes.publish({ logbook, seq: 1000 })
  await until('one hears of the other', () => of('one', 1000) === 1)
  for (let seq = 1; seq <= sent; seq++) expect(of('one', seq)).toBe(1)
  expect(of('two', 1000)).toBe(1)
})

it('[PU3] the same page through both at once is stored once and acknowledged twice', async () => {
  const guard = await centre.phone('guard')
  for (let i = 0; i < 10; i++) {
    const text = pushText(
      ...guard.sealer.sealAll([
        { by: guard.member, ...centre.passage() },
        { by: guard.member, body: {} },
      ]),
    )
    const answers = await Promise.all(
      services.map(({ sync }) => sync.accept(pagesIn(Buffer.from(text)), told, now)),
    )
    const states = answers.map((answer) =>
      answer.ok ? /"status":"(\w+)"/.exec(answer.value.body)?.[1] : answer.problem,
    )
    expect(states.sort()).toEqual(['duplicate', 'stored'])
  }
  const stored = await centre.storage.entries({ logbook: `gate/${centre.compound}`, after: 0, limit: 100 })
  expect(stored.map((row) => row.seq)).toEqual(Array.from({ length: 10 }, (_, i) => i + 1))
  expect(await centre.storage.quarantineOf(guard.row.id)).toHaveLength(10)
  expect((await centre.storage.install(guard.row.id))?.received).toBe(20)
})

it('the centre’s own pages make one chain, whichever process writes them', async () => {
  const members = Array.from({ length: 12 }, () => v7())
  await Promise.all(
    members.map((member, i) =>
      (i % 2 === 0 ? one() : two()).pen.writeMember(centre.community, member, { name: '王小明', grants: [] }),
    ),
  )
  const install = (await centre.storage.installsOf(centre.centre.install.member))[0]
  const pages = await centre.storage.pagesOf(install?.id ?? '')
  expect(pages.map((page) => page.page)).toEqual(pages.map((_, i) => i + 1))
  expect(pages.map((page) => page.prev)).toEqual(['', ...pages.slice(0, -1).map((page) => page.hash)])
})
