import { Kysely, PostgresDialect } from 'kysely'
import { Client, Pool, type ClientConfig } from 'pg'
import { NotADatabase } from '../errors.ts'
import { migrate, migrationNames, refuseNewer } from '../migrations/index.ts'
import { Session, settingsFor } from './connection.ts'
import { typed } from './errors.ts'
import { earName, Notices } from './notices.ts'
import { PostgresStorage } from './storage.ts'

/** Number of the advisory lock of whoever changes the schema. */
const schemaLock = 0x47505354

export interface PostgresOptions {
  /** `postgres://user:password@host:port/database`, with the options that libpq knows. */
  url: string
  /** The most connections for transactions, and for reads. */
  writers?: number
  readers?: number
}

/**
 * Opens the database and brings it to this version's schema, which the first of several processes does while the
 * others wait. Throws `DatabaseNewer`, `NotADatabase` or `StorageUnavailable`; the database is then as it was.
 */
export async function openPostgres({
  url,
  writers = 6,
  readers = 6,
}: PostgresOptions): Promise<PostgresStorage> {
  const config = settingsFor(url)
  const durable = await prepare(config)
  const pools = {
    writers: newPool({ ...config, ...durable, pipeline: true }, writers),
    readers: newPool(config, readers),
  }
  return new PostgresStorage(pools, new Notices(listening(config), new Session(pools.readers)))
}

function newPool(config: ClientConfig, max: number): Pool {
  const pool = new Pool({ ...config, max, idleTimeoutMillis: 60_000 })
  // Connections that die while nobody asks anything of them: whoever has them hears of it with the next statement.
  pool.on('error', () => undefined)
  pool.on('connect', (client) => void client.on('error', () => undefined))
  return pool
}

/** It waits for hours. */
const listening = (config: ClientConfig): ClientConfig => ({
  ...config,
  application_name: earName,
  keepAliveInitialDelayMillis: 10_000,
})

/** Looks at the database and brings it up to date. Answers what its connections need for commits to be on disk. */
async function prepare(config: ClientConfig): Promise<ClientConfig> {
  // Whoever changes the schema may take longer than anybody else.
  const client = new Client({ ...config, query_timeout: 0, lock_timeout: 0 })
  client.on('error', () => undefined)
  try {
    await client.connect()
    const session = new Session(client)
    await refuseOthers(session)
    if (!(await isUpToDate(session))) await bringUpToDate(session, config)
    const setting = await only(session, "select current_setting('synchronous_commit') as value")
    return setting === 'off' ? { options: '-c synchronous_commit=on' } : {}
  } catch (error) {
    throw typed(error)
  } finally {
    await client.end().catch(() => undefined)
  }
}

const only = async (session: Session, sql: string): Promise<unknown> =>
  (await session.runOnce(sql)).rows[0]?.['value']

async function refuseOthers(session: Session): Promise<void> {
  const encoding = await only(session, "select current_setting('server_encoding') as value")
  if (encoding !== 'UTF8')
    throw new NotADatabase(`the database has the encoding ${String(encoding)}, not UTF8`)
  const tables = await session.runOnce('select tablename from pg_tables where schemaname = current_schema()')
  const names = new Set(tables.rows.map((row) => row['tablename']))
  if (names.has('kysely_migration')) refuseNewer(await appliedTo(session))
  else if (names.has('entries') || names.has('meta'))
    throw new NotADatabase('the database has tables of these names, but not those of Gatepost')
}

async function appliedTo(session: Session): Promise<string[]> {
  return (await session.runOnce('select name from kysely_migration')).rows.map((row) => String(row['name']))
}

async function isUpToDate(session: Session): Promise<boolean> {
  const there = await only(session, "select to_regclass('kysely_migration')::text as value")
  if (typeof there !== 'string') return false
  const applied = await appliedTo(session)
  return migrationNames.every((name) => applied.includes(name))
}

async function bringUpToDate(session: Session, config: ClientConfig): Promise<void> {
  await session.runOnce(`select pg_advisory_lock(${schemaLock})`)
  const pool = newPool({ ...config, query_timeout: 0 }, 1)
  const db = new Kysely<unknown>({ dialect: new PostgresDialect({ pool }) })
  try {
    // Somebody newer may have been here while this one waited.
    await refuseOthers(session)
    await migrate(db, 'postgres')
  } finally {
    await db.destroy()
    await session.runOnce(`select pg_advisory_unlock(${schemaLock})`).catch(() => undefined)
  }
}
