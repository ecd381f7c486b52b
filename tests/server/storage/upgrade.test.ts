import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { DatabaseNewer } from '../../../src/server/storage/errors.ts'
import { openPostgres } from '../../../src/server/storage/postgres/open.ts'
import { openSqlite } from '../../../src/server/storage/sqlite/open.ts'
import type { Storage } from '../../../src/server/storage/storage.ts'
import { wrongTallies } from '../../../src/server/sync/recount.ts'
import { wire } from '../../../src/server/wire.ts'
import { newFolder, removeFolder } from '../../support/folders.ts'
import { Postgres } from '../../support/postgres.ts'
import { released, releasedOn, writeReleased, type Released } from '../../support/released.ts'

let folder: string
let postgres: Postgres
beforeAll(async () => {
  folder = newFolder('upgrade')
  postgres = await Postgres.start()
})
afterAll(async () => {
  await postgres.end()
  removeFolder(folder)
})

/** Where a database of that version is, and how it is opened by the program as it is now. */
const drivers = {
  SQLite: (version: Released) => {
    const file = join(folder, `${version}.db`)
    writeReleased(version, file)
    return Promise.resolve(() => openSqlite({ file }))
  },
  PostgreSQL: async (version: Released) => {
    const url = await releasedOn(postgres, version)
    return () => openPostgres({ url })
  },
}

/** What the sample story of the fixture comes to, see its README. */
async function expectWhole(storage: Storage): Promise<void> {
  expect(await storage.meta('server-key')).toContain('"crv":"P-256"')
  const [community = ''] = await storage.communities()
  const logbooks = await storage.logbooksUnder([community])
  expect(logbooks.map(({ purpose, head }) => [purpose, head]).filter(([, head]) => head !== 0)).toEqual(
    expect.arrayContaining([
      ['duty', 3],
      ['people', 3],
      ['homes', 1],
      ['gate', 15],
    ]),
  )
  const gate = logbooks.find((row) => row.purpose === 'gate')?.id ?? ''
  const entries = await storage.entries({ logbook: gate, after: 0, limit: 100 })
  expect(entries.map((row) => row.kind)).toContain('correction')
  expect(entries).toHaveLength(15)
  expect(await wrongTallies(storage, gate)).toEqual([])
  const pages = await storage.pagesOf(entries[0]?.install ?? '')
  expect(pages.map(({ page, digests }) => [page, digests])).toEqual([1, 2, 3].map((page) => [page, null]))
  expect(await storage.figures()).toMatchObject({ phones: 2, aside: 3, held: 1 })
}

describe.each(released)('a database of %s', (version) => {
  it.each(['SQLite', 'PostgreSQL'] as const)(
    'on %s opens with everything in it, and serves',
    async (name) => {
      const open = await drivers[name](version)
      const storage = await open()
      await expectWhole(storage)
      const services = await wire(storage, () => 1_760_000_100_000)
      const phones = await storage.installsIn((await storage.communities())[0] ?? '')
      expect(phones).toHaveLength(3)
      expect(services.centre.epoch).toBe(await storage.meta('epoch'))
      await storage.close()
      const again = await open()
      await expectWhole(again)
      await again.close()
    },
  )
})

describe('a database of a newer version', () => {
  it('is refused and left as it is', async () => {
    const file = join(folder, 'newer.db')
    writeReleased('0.1.0', file)
    const db = new DatabaseSync(file)
    db.exec("insert into kysely_migration (name, timestamp) values ('9999-later', '')")
    const tables = () => db.prepare('select name, sql from sqlite_master order by name').all()
    const before = tables()
    await expect(openSqlite({ file })).rejects.toThrow(DatabaseNewer)
    expect(tables()).toEqual(before)
    db.close()
    const url = await releasedOn(postgres, '0.1.0')
    await postgres.ask("insert into kysely_migration (name, timestamp) values ('9999-later', '')", url)
    await expect(openPostgres({ url })).rejects.toThrow(DatabaseNewer)
    const columns = "select column_name from information_schema.columns where table_name = 'pages'"
    expect((await postgres.ask(columns, url)).map((row) => row['column_name'])).not.toContain('digests')
  })
})
