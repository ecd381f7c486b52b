import { basename, join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { openPostgres } from '../../src/server/storage/postgres/open.ts'
import { openSqlite } from '../../src/server/storage/sqlite/open.ts'
import type { Storage } from '../../src/server/storage/storage.ts'
import { newFolder, removeFolder } from '../support/folders.ts'
import { foundGate, Guard } from '../support/gateScene.ts'
import { Postgres } from '../support/postgres.ts'
import { runCli, ServerProcess } from '../support/serverProcess.ts'
import { until } from '../support/waiting.ts'

/** A database under the drill, and how it is copied and put back. */
interface Kept {
  args: readonly string[]
  open(): Promise<Storage>
  /** While the server runs. */
  backup(copy: string): Promise<void>
  /** While none does. */
  restore(copy: string): Promise<void>
  end(): Promise<void>
}

async function command(...args: string[]): Promise<void> {
  const run = await runCli(args)
  expect([run.code, run.err]).toEqual([0, ''])
}

async function onSqlite(folder: string): Promise<Kept> {
  const data = ['--data', join(folder, 'data')]
  return {
    args: [],
    open: () => openSqlite({ file: join(folder, 'data', 'gatepost.db') }),
    backup: (copy) => command('backup', copy, ...data),
    restore: (copy) => command('restore', copy, ...data),
    end: async () => undefined,
  }
}

/** As docs/operator.md says it: pg_dump, pg_restore, and a new epoch. */
async function onPostgres(folder: string): Promise<Kept> {
  const postgres = await Postgres.start()
  const url = await postgres.database()
  const args = ['--data', join(folder, 'data'), '--database-url', url]
  return {
    args: ['--database-url', url],
    open: () => openPostgres({ url }),
    // The database's user can't write into our folder.
    backup: async (copy) => {
      await postgres.run('pg_dump', ['--format=custom', `--file=${basename(copy)}`, url])
    },
    restore: async (copy) => {
      const whole = ['--clean', '--if-exists', '--single-transaction', '--exit-on-error']
      await postgres.run('pg_restore', [...whole, `--dbname=${url}`, basename(copy)])
      await command('epoch', 'raise', ...args)
    },
    end: () => postgres.end(),
  }
}

const drivers = { SQLite: onSqlite, PostgreSQL: onPostgres }
type Driver = keyof typeof drivers

let folder = ''
let kept: Kept
let server: ServerProcess
const guards: Guard[] = []
beforeEach(() => void (folder = newFolder('restore')))
afterEach(async () => {
  for (const guard of guards.splice(0)) guard.close()
  await server.stop('SIGKILL')
  await kept.end()
  removeFolder(folder)
})

const serve = async (): Promise<ServerProcess> =>
  (server = await ServerProcess.serving(join(folder, 'data'), kept.args))

async function openedOn(driver: Driver): Promise<void> {
  kept = await drivers[driver](folder)
  await serve()
}

/** Every entry of a logbook in the database as it lies there, by id. */
async function storedIn(logbook: string): Promise<string[]> {
  const storage = await kept.open()
  const entries = await storage.entries({ logbook, after: 0, limit: 10_000 })
  await storage.close()
  return entries.map(({ id }) => id)
}

it.each(Object.keys(drivers) as Driver[])(
  '[EP1] [EP2] on %s: after a restore phones bring back what the copy lacks, once (failure mode 27)',
  async (driver) => {
    await openedOn(driver)
    const scene = await foundGate(server.origin, server.secret)
    const guard = await Guard.enrolled(scene, () => server.origin)
    guards.push(guard)
    const before = await guard.log(7)
    await guard.allSent(7)
    const copy = join(folder, 'copy')
    await kept.backup(copy)
    const after = await guard.log(5)
    await guard.allSent(12)
    expect(await server.stop()).toBe(0)
    expect((await storedIn(scene.gate)).sort()).toEqual([...before, ...after].sort())

    await kept.restore(copy)
    expect(await storedIn(scene.gate)).toEqual(before)
    const meanwhile = await guard.log(3)
    await serve()
    await guard.allSent(15)
    await until('all of it is there', async () => (await storedIn(scene.gate)).length >= 15)
    expect(await server.stop()).toBe(0)
    expect((await storedIn(scene.gate)).sort()).toEqual([...before, ...after, ...meanwhile].sort())
  },
  60_000,
)
