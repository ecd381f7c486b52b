import fc from 'fast-check'
import { Client } from 'pg'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { DatabaseNewer, NotADatabase } from '../../../src/server/storage/errors.ts'
import { migrationNames } from '../../../src/server/storage/migrations/index.ts'
import { settingsFor } from '../../../src/server/storage/postgres/connection.ts'
import { integers, texts } from '../../../src/server/storage/postgres/lists.ts'
import { openPostgres } from '../../../src/server/storage/postgres/open.ts'
import { Postgres } from '../../support/postgres.ts'
import { until } from '../../support/waiting.ts'
import { storageContract } from './contract.ts'
import { draft, entry, install } from './samples.ts'

let postgres: Postgres
let shared: string
beforeAll(async () => {
  postgres = await Postgres.start()
  shared = await postgres.database()
})
afterAll(() => postgres.end())

storageContract('PostgreSQL', {
  open: async () => {
    await postgres.empty(shared)
    return openPostgres({ url: shared })
  },
  reopen: async (storage) => {
    await storage.close()
    return openPostgres({ url: shared })
  },
  end: (storage) => storage.close(),
})

describe('a list', () => {
  it('comes to the database as it was, whatever stands in it', async () => {
    const client = new Client(settingsFor(shared))
    await client.connect()
    const text = fc.option(
      fc.oneof(fc.string({ unit: 'grapheme' }), fc.constantFrom('', '"\\', '\0', '\uFDD0', 'null')),
    )
    const number = fc.option(
      fc.oneof(fc.maxSafeInteger(), fc.constantFrom(0, -1, 2 ** 31, -(2 ** 32), 2 ** 53 - 1)),
    )
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(text, number)), async (pairs) => {
        const values = [texts(pairs.map(([one]) => one)), integers(pairs.map(([, one]) => one))]
        const asked =
          'select t, n from unnest($1::text[], $2::bigint[]) with ordinality u (t, n, i) order by i'
        const { rows } = await client.query<{ t: string | null; n: number | null }>(asked, values)
        expect(rows.map(({ t, n }) => [t, n])).toEqual(pairs)
      }),
      { numRuns: 50 },
    )
    await client.end()
  })
})

describe('a PostgreSQL database', () => {
  let url: string
  beforeEach(async () => void (url = await postgres.database()))
  afterEach(() => postgres.drop(url))
  const tables = () => postgres.ask("select tablename from pg_tables where schemaname = 'public'", url)

  it('shows what was committed while a lock was waited for, whatever isolation it has by default', async () => {
    const name = new URL(url).pathname.slice(1)
    await postgres.ask(`alter database "${name}" set default_transaction_isolation = 'serializable'`, url)
    const storage = await openPostgres({ url })
    const [holds, gone] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
    const first = storage.write(async (tx) => {
      await tx.meta('page')
      holds.resolve()
      await gone.promise
      await tx.setMeta('page', 'here')
    })
    await holds.promise
    const second = storage.write((tx) => tx.meta('page'))
    const waiting = "select 1 from pg_locks where locktype = 'advisory' and not granted"
    await until('the second waits', async () => (await postgres.ask(waiting, url)).length > 0)
    gone.resolve()
    await first
    expect(await second).toBe('here')
    await storage.close()
  })

  it('is made by whichever of several processes comes first, once', async () => {
    const all = await Promise.all(Array.from({ length: 5 }, () => openPostgres({ url })))
    const applied = await postgres.ask('select name from kysely_migration order by name', url)
    expect(applied.map((row) => row['name'])).toEqual(migrationNames)
    await Promise.all(all.map((storage) => storage.close()))
  })

  it('of a newer version is refused by name and left as it is', async () => {
    await (await openPostgres({ url })).close()
    await postgres.ask("insert into kysely_migration (name, timestamp) values ('9999-later', '')", url)
    await expect(openPostgres({ url })).rejects.toThrow(DatabaseNewer)
    await expect(openPostgres({ url })).rejects.toThrow('9999-later')
  })

  it('that somebody newer brings further while this one waits its turn is refused as well', async () => {
    const newer = new Client({ connectionString: url })
    await newer.connect()
    await newer.query(`select pg_advisory_lock(${0x47505354})`)
    const opening = openPostgres({ url }).catch((error: unknown) => error)
    await until('it waits', async () => (await postgres.waiting()) > 0)
    await newer.query("create table kysely_migration as select '9999-later'::text as name")
    await newer.end()
    expect(await opening).toBeInstanceOf(DatabaseNewer)
    expect(await tables()).toEqual([{ tablename: 'kysely_migration' }])
  })

  it('of somebody else, or in an encoding that can’t hold names, is refused and left as it is', async () => {
    await postgres.ask('create table entries (song text)', url)
    await expect(openPostgres({ url })).rejects.toThrow(NotADatabase)
    expect(await tables()).toEqual([{ tablename: 'entries' }])
    const latin = await postgres.database('LATIN1')
    await expect(openPostgres({ url: latin })).rejects.toThrow(NotADatabase)
    await postgres.drop(latin)
  })

  it('has the logbook in every key of what belongs to one, and no reference between tables', async () => {
    await (await openPostgres({ url })).close()
    const keys = await postgres.ask(
      `select tablename, indexdef from pg_indexes where indexdef like 'CREATE UNIQUE%'
       and tablename in ('entries', 'records', 'corrections', 'tallies')`,
      url,
    )
    expect(new Set(keys.map((row) => row['tablename'])).size).toBe(4)
    for (const { indexdef } of keys) expect(indexdef).toMatch(/\(.*\blogbook\b/)
    expect(await postgres.ask("select conname from pg_constraint where contype = 'f'", url)).toEqual([])
  })

  it('keeps a line word for word, whatever characters it has', async () => {
    const storage = await openPostgres({ url })
    const lines = ['a\0b', '\uFDD0', '\uFDD01\0\uFDD00', '{"a":"\\u0000"}', '"{},\\\n', '王👮']
    await storage.write(async (tx) => {
      await tx.quarantine(lines.map((line, n) => draft({ line, n })))
      await tx.insertEntries(lines.map((line, i) => entry({ line, seq: i + 1 })))
      await tx.insertInstall(install({ device: 'a\0b', member: 'zero' }))
    })
    expect((await storage.quarantineOf('install')).map((row) => row.line)).toEqual(lines)
    const rows = await storage.entries({ logbook: 'gate/a', after: 0, limit: 10 })
    expect(rows.map((row) => row.line)).toEqual(lines)
    expect((await storage.installsOf('zero'))[0]?.device).toBe('a\0b')
    await storage.close()
  })
})
