import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest'
import { openPostgres } from '../../../src/server/storage/postgres/open.ts'
import { openSqlite } from '../../../src/server/storage/sqlite/open.ts'
import type { Storage } from '../../../src/server/storage/storage.ts'
import { newFolder, removeFolder } from '../../support/folders.ts'
import { Postgres } from '../../support/postgres.ts'
import { runCli, ServerProcess } from '../../support/serverProcess.ts'

let postgres: Postgres
let url = ''
let data = ''
const servers: ServerProcess[] = []
beforeAll(async () => void (postgres = await Postgres.start()))
afterAll(() => postgres.end())
beforeEach(async () => {
  data = join(newFolder('epoch'), 'data')
  url = await postgres.database()
})
afterEach(async () => {
  for (const server of servers.splice(0)) await server.stop('SIGKILL')
  await postgres.drop(url)
  removeFolder(join(data, '..'))
})

const databases = {
  SQLite: { args: () => ['--data', data], open: () => openSqlite({ file: join(data, 'gatepost.db') }) },
  PostgreSQL: { args: () => ['--data', data, '--database-url', url], open: () => openPostgres({ url }) },
}
const serving = async (args: readonly string[]): Promise<ServerProcess> => {
  const server = await ServerProcess.serving(data, args)
  servers.push(server)
  return server
}
async function epochIn(open: () => Promise<Storage>): Promise<string | null> {
  const storage = await open()
  return storage.meta('epoch').finally(() => storage.close())
}

it.each(Object.entries(databases))('[EP1] epoch raise on %s makes another', async (_name, { args, open }) => {
  expect(await (await serving(args())).stop()).toBe(0)
  const old = await epochIn(open)
  const run = await runCli(['epoch', 'raise', ...args()])
  expect([run.code, run.err]).toEqual([0, ''])
  expect(run.out).toMatch(/^It is noted that this database was restored\..*\n$/)
  const fresh = await epochIn(open)
  expect(fresh).toMatch(/^[\w-]{36}$/)
  expect(fresh).not.toBe(old)
})

it.each(Object.entries(databases))(
  'epoch raise on %s refuses while a server runs',
  async (_name, { args, open }) => {
    await serving(args())
    const old = await epochIn(open)
    const run = await runCli(['epoch', 'raise', ...args()])
    expect(run.err).toMatch(/^(Another Gatepost runs on|1 servers? of Gatepost) .*nothing was changed\.\n$/i)
    expect([run.out, run.code]).toEqual(['', 1])
    expect(await epochIn(open)).toBe(old)
  },
)

it('epoch alone, or with another word, is no command; and a folder without a database gets none', async () => {
  expect((await runCli(['epoch', '--data', data])).code).toBe(2)
  expect((await runCli(['epoch', 'lower', '--data', data])).code).toBe(2)
  const run = await runCli(['epoch', 'raise', '--data', data])
  expect([run.code, run.out]).toEqual([1, ''])
  expect(run.err).toMatch(/^There is no database in /)
})
