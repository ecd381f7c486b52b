import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest'
import { openPostgres } from '../../../src/server/storage/postgres/open.ts'
import type { PostgresStorage } from '../../../src/server/storage/postgres/storage.ts'
import { Postgres } from '../../support/postgres.ts'
import { until } from '../../support/waiting.ts'
import { entry } from './samples.ts'

let postgres: Postgres
let url: string
let storage: PostgresStorage

beforeAll(async () => {
  // Told not to wait for the disk: what it then answers at once is lost in a crash within ten seconds.
  const settings = ['synchronous_commit=off', 'wal_writer_delay=10000']
  postgres = await Postgres.start({ durable: true, settings })
  url = await postgres.database()
})
afterAll(() => postgres.end())
beforeEach(async () => {
  await postgres.empty(url)
  storage = await openPostgres({ url })
})
afterEach(() => storage.close())

it('[PU5] what was acknowledged is there after a crash, even where the database is told not to wait', async () => {
  await storage.write((tx) => tx.insertEntries([entry()]))
  await postgres.ask("insert into meta values ('unacknowledged', '')", url)
  await postgres.stop('SIGQUIT')
  await postgres.start()
  expect(await storage.entries({ logbook: 'gate/a', after: 0, limit: 1 })).toHaveLength(1)
  // Shows that the crash was one.
  expect(await storage.meta('unacknowledged')).toBeNull()
})

it('[PU5] a database that stops in the middle leaves nothing of the transaction, and is found again', async () => {
  await storage.write((tx) => tx.setMeta('a', '1'))
  const failing = storage.write(async (tx) => {
    await tx.setMeta('a', '2')
    await postgres.stop()
    await tx.setMeta('b', '2')
  })
  await expect(failing).rejects.toMatchObject({ name: 'StorageUnavailable', reason: 'io' })
  await expect(storage.meta('a')).rejects.toMatchObject({ name: 'StorageUnavailable', reason: 'io' })
  await expect(openPostgres({ url })).rejects.toMatchObject({ name: 'StorageUnavailable' })
  await postgres.start()
  expect([await storage.meta('a'), await storage.meta('b')]).toEqual(['1', null])
  await storage.write((tx) => tx.setMeta('a', '3'))
  expect(await storage.meta('a')).toBe('3')
})

it('a connection that is cut while the work does something else fails its commit, not the process', async () => {
  const failing = storage.write(async (tx) => {
    await tx.setMeta('a', '2')
    await tx.meta('a')
    const cut = await postgres.ask(
      "select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'gatepost' and state like 'idle in%'",
    )
    expect(cut).toHaveLength(1)
  })
  await expect(failing).rejects.toMatchObject({ name: 'StorageUnavailable', reason: 'io' })
  expect(await storage.meta('a')).toBeNull()
})

it('[PU5] a full disk stores nothing of the transaction, says so, and works again when there is room', async () => {
  await storage.write((tx) => tx.setMeta('a', '1'))
  // What PostgreSQL says of a full disk, said by a trigger.
  await postgres.ask(
    `create function full_disk() returns trigger language plpgsql
       as $$ begin raise exception 'could not extend file' using errcode = '53100'; end $$;
     create trigger full_disk before insert on entries execute function full_disk()`,
    url,
  )
  const failing = storage.write(async (tx) => {
    await tx.setMeta('a', '2')
    await tx.savepoint(() => tx.insertEntries([entry()]))
  })
  await expect(failing).rejects.toMatchObject({ name: 'StorageUnavailable', reason: 'full' })
  expect(await storage.meta('a')).toBe('1')
  await postgres.ask('drop trigger full_disk on entries', url)
  await storage.write((tx) => tx.insertEntries([entry()]))
  expect(await storage.entriesOf('install')).toHaveLength(1)
})

it('[PU5] a database that only reads says so', async () => {
  const reading = await openPostgres({ url: `${url}?options=-c%20default_transaction_read_only%3Don` })
  const failing = reading.write((tx) => tx.setMeta('a', '1'))
  await expect(failing).rejects.toMatchObject({ name: 'StorageUnavailable', reason: 'read-only' })
  expect(await reading.meta('a')).toBeNull()
  await reading.close()
})

it('an error that somebody caught without a savepoint never ends in a commit of half', async () => {
  const half = storage.write(async (tx) => {
    await tx.setMeta('a', '1')
    await tx.insertEntries([entry(), entry()])
    await tx.meta('a').catch(() => null)
  })
  await expect(half).rejects.toThrow('failed before its commit')
  expect(await storage.meta('a')).toBeNull()
})

it('what is sent through the channel is heard by others, and again after the connection was lost', async () => {
  const other = await openPostgres({ url })
  const heard: string[] = []
  storage.channel.listen((text) => heard.push(text))
  const arrives = (text: string): Promise<boolean> =>
    until(`${text} is heard`, async () => {
      await other.channel.send([text])
      return heard.includes(text)
    })
  await arrives('first')
  const cut = await postgres.ask(
    "select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'gatepost pokes' and datname = '" +
      `${new URL(url).pathname.slice(1)}'`,
  )
  expect(cut).toHaveLength(1)
  await arrives('second')
  await other.close()
})
