import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { v7 } from 'uuid'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { restoreBackup } from '../../../src/server/operator/restore.ts'
import { DatabaseNewer } from '../../../src/server/storage/errors.ts'
import { migrationNames } from '../../../src/server/storage/migrations/index.ts'
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

  it('is brought up to date once, by whichever of several servers comes first', async () => {
    const url = await releasedOn(postgres, version)
    const all = await Promise.all(Array.from({ length: 4 }, () => openPostgres({ url })))
    const applied = await postgres.ask('select name from kysely_migration order by name', url)
    expect(applied.map((row) => row['name'])).toEqual(migrationNames)
    for (const storage of all) await expectWhole(storage)
    await Promise.all(all.map((storage) => storage.close()))
  })

  it('is what it was after going back from an update, as docs/operator.md says it, and comes forward again', async () => {
    const url = await releasedOn(postgres, version)
    const applied = async () =>
      (await postgres.ask('select name from kysely_migration order by name', url)).map((row) => row['name'])
    const before = await applied()
    await postgres.run('pg_dump', ['--format=custom', `--file=before-${version}`, url])
    await (await openPostgres({ url })).close()
    expect(await applied()).toEqual(migrationNames)
    const whole = ['--clean', '--if-exists', '--single-transaction', '--exit-on-error']
    await postgres.run('pg_restore', [...whole, `--dbname=${url}`, `before-${version}`])
    // The older program takes it again.
    expect(await applied()).toEqual(before)
    const storage = await openPostgres({ url })
    await expectWhole(storage)
    await storage.close()
  })

  it('and on SQLite, where the restore gives a new epoch', async () => {
    const data = join(folder, `back-${version}`)
    mkdirSync(data)
    const copy = join(folder, `copy-${version}.db`)
    for (const file of [join(data, 'gatepost.db'), copy]) writeReleased(version, file)
    const updated = await openSqlite({ file: join(data, 'gatepost.db') })
    const epoch = await updated.meta('epoch')
    await updated.close()
    await restoreBackup({ data, database: undefined, file: copy }, v7, Date.now())
    const storage = await openSqlite({ file: join(data, 'gatepost.db') })
    await expectWhole(storage)
    expect(await storage.meta('epoch')).not.toBe(epoch)
    await storage.close()
  })
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
