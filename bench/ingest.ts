/**
 * What taking entries in costs with everything on (signatures, checks, tallies, masks, receipts), beside what the
 * database alone can insert durably. One line of JSON per measurement:
 *   node ingest.ts [--on sqlite,postgres] [--n 400000] [--phones 64] [--gates 16]
 */
import path from 'node:path'
import { parseArgs } from 'node:util'
import { newId } from './load/ids.ts'
import { Postgres } from '../tests/support/postgres.ts'
import { freshFolder, removeFolder } from './lib/folders.ts'
import { quantile, tidy } from './lib/stats.ts'
import { enrolCrowd, linesOf, parcel, type Crowd, type Parcel, type Shape } from './load/crowd.ts'
import { cpuOfAll } from './load/process.ts'
import { rawPostgres, rawSqlite, type Row } from './load/raw.ts'
import { drive } from './load/send.ts'
import { startServers, type Servers } from './load/servers.ts'

const { values } = parseArgs({
  options: {
    on: { type: 'string', default: 'sqlite,postgres' },
    n: { type: 'string', default: '400000' },
    phones: { type: 'string', default: '64' },
    gates: { type: 'string', default: '16' },
  },
})
const [n, phones, gates] = [Number(values.n), Number(values.phones), Number(values.gates)]
const print = (line: Record<string, unknown>): void => console.log(JSON.stringify(line))

/** So many entries each server takes in before anything is timed: until then V8 compiles, in each process for itself. */
const warmUp = 128_000

/** A backlog comes in pages of a hundred, ten to a request; a guard who is online sends each passage by itself. */
const shapes = {
  backlog: { entriesPerPage: 100, pagesPerRequest: 10, share: 1 },
  pages: { entriesPerPage: 100, pagesPerRequest: 1, share: 0.5 },
  live: { entriesPerPage: 1, pagesPerRequest: 1, share: 0.1 },
} satisfies Record<string, Shape & { share: number }>

type Form = (typeof shapes)[keyof typeof shapes]

/** What each phone sends, one after another, of so many entries in all. */
function queuesOf(crowd: Crowd, entries: number, { share: _share, ...form }: Form): Parcel[][] {
  const perRequest = form.entriesPerPage * form.pagesPerRequest
  const each = Math.max(1, Math.round(entries / perRequest / phones))
  return crowd.phones.map((phone, i) =>
    Array.from({ length: each }, () => parcel(phone, crowd.sceneOf(i), form)),
  )
}

async function measure(
  name: string,
  servers: Servers,
  crowd: Crowd,
  database: readonly number[],
): Promise<void> {
  await drive(servers.origins, queuesOf(crowd, warmUp * servers.pids.length, shapes.backlog))
  for (const [shape, form] of Object.entries(shapes)) {
    const queues = queuesOf(crowd, n * form.share, form)
    const before = [cpuOfAll(servers.pids), cpuOfAll(database)] as const
    const { ms, took } = await drive(servers.origins, queues)
    const entries = queues.flat().reduce((sum, one) => sum + one.entries, 0)
    print({
      on: name,
      shape,
      entries,
      per_s: tidy((entries / ms) * 1000),
      server_us: tidy(((cpuOfAll(servers.pids) - before[0]) / entries) * 1000),
      ...(database.length > 0
        ? { database_us: tidy(((cpuOfAll(database) - before[1]) / entries) * 1000) }
        : {}),
      p50_ms: tidy(quantile(took, 0.5)),
      p99_ms: tidy(quantile(took, 0.99)),
    })
  }
}

/** The lines of as many entries, for the bare inserts. */
const rowsOf = (crowd: Crowd): Row[] => {
  const [phone] = crowd.phones
  return phone ? linesOf(phone, crowd.scene, n).map((line) => [newId(), line]) : []
}

async function onSqlite(dir: string): Promise<void> {
  const servers = await startServers(dir)
  const crowd = await enrolCrowd(servers.origins[0] ?? '', servers.secret, phones, gates)
  const rows = rowsOf(crowd)
  for (const batch of [100, 1000])
    print({ on: 'raw sqlite', batch, per_s: tidy(rawSqlite(dir, rows, batch)) })
  await measure('sqlite', servers, crowd, [])
  await servers.stop()
}

async function onPostgres(dir: string): Promise<void> {
  const postgres = await Postgres.start({
    durable: true,
    settings: ['shared_buffers=256MB', 'max_wal_size=4GB'],
  })
  try {
    for (const count of [1, 3]) {
      const url = await postgres.database()
      const servers = await startServers(path.join(dir, `pg-${count}`), count, url)
      const crowd = await enrolCrowd(servers.origins[0] ?? '', servers.secret, phones, gates)
      if (count === 1) {
        const rows = rowsOf(crowd)
        for (const connections of [1, 6])
          print({
            on: 'raw postgres',
            connections,
            per_s: tidy(await rawPostgres(url, rows, 100, connections)),
          })
      }
      await measure(`postgres × ${count}`, servers, crowd, [postgres.pid])
      await servers.stop()
      await postgres.drop(url)
    }
  } finally {
    await postgres.end()
  }
}

const dir = freshFolder('ingest')
const works: Readonly<Record<string, (dir: string) => Promise<void>>> = {
  sqlite: onSqlite,
  postgres: onPostgres,
}
try {
  for (const name of values.on.split(',')) await works[name]?.(dir)
} finally {
  removeFolder(dir)
}
