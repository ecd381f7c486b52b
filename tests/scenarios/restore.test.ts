import { basename, join } from 'node:path'
import { v7 } from 'uuid'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { systemTimers } from '../../src/client/platform/timers.ts'
import { fetchTransport } from '../../src/client/platform/transport.ts'
import { openPostgres } from '../../src/server/storage/postgres/open.ts'
import { openSqlite } from '../../src/server/storage/sqlite/open.ts'
import type { Storage } from '../../src/server/storage/storage.ts'
import { device, openTab, type Tab } from '../support/clientPhone.ts'
import { newFolder, removeFolder } from '../support/folders.ts'
import { httpLine } from '../support/httpLine.ts'
import { Postgres } from '../support/postgres.ts'
import { runCli, ServerProcess } from '../support/serverProcess.ts'
import { invitation } from '../support/testCentre.ts'
import { TestPhone } from '../support/testPhone.ts'
import { virtualTime } from '../support/virtualTime.ts'
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
const tabs: Tab[] = []
beforeEach(() => void (folder = newFolder('restore')))
afterEach(async () => {
  for (const tab of tabs.splice(0)) tab.close()
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

/** A coordinator, a compound with a gate, and a guard with the app itself, at the server as it is now. */
async function founded() {
  const coordinator = new TestPhone(httpLine(server.origin))
  const { community } = await coordinator.enrol(server.secret, '王主任')
  const [compound, post] = [v7(), v7()]
  const doc = (kind: string, record: string, body: Record<string, unknown>) => ({
    ...{ kind, logbook: `duty/${community}`, record },
    body,
  })
  await coordinator.push([
    doc('place', community, { level: 'community', name: '示例社区' }),
    doc('place', compound, { level: 'compound', name: '一号院', parent: community }),
    doc('post', post, { type: 'gate', name: '南门', place: compound }),
  ])
  return { coordinator, compound, post, gate: `gate/${compound}` }
}

/** The app on a phone; it reaches whichever server runs now. Its clock moves only by `pass`. */
async function guardAt({ coordinator, compound }: Awaited<ReturnType<typeof founded>>) {
  const time = virtualTime(Date.now())
  const line = () => fetchTransport(systemTimers, server.origin)
  const phone = device(
    { send: (request) => line().send(request), open: (request) => line().open(request) },
    time,
  )
  const tab = await openTab(phone)
  tabs.push(tab)
  const token = await invitation(coordinator, [{ role: 'guard', place: compound }])
  const answer = await tab.sync.calls.enrol({ token, name: '李四', device: 'Test phone' })
  if (!answer.ok) throw new Error(`not enrolled: ${answer.problem}`)
  return { tab, time }
}

/** Every entry of a logbook in the database as it lies there, by id. */
async function storedIn(logbook: string): Promise<string[]> {
  const storage = await kept.open()
  const entries = await storage.entries({ logbook, after: 0, limit: 10_000 })
  await storage.close()
  return entries.map(({ id }) => id)
}

/** Time passes for the phone (back-off, polls) until all that it logged is at the centre. */
const allSent = ({ tab, time }: Awaited<ReturnType<typeof guardAt>>, count: number) =>
  until(`${count} entries sent`, () => {
    const { logged, waiting, received } = tab.status()
    if (logged === count && received === count && waiting === 0) return true
    time.pass(10_000)
    return false
  })

it.each(Object.keys(drivers) as Driver[])(
  '[EP1] [EP2] on %s: after a restore phones bring back what the copy lacks, once (failure mode 27)',
  async (driver) => {
    await openedOn(driver)
    const scene = await founded()
    const guard = await guardAt(scene)
    const log = async (count: number): Promise<string[]> => {
      const body = { post: scene.post, way: 'in', subject: 'person', how: 'none', decision: 'admit' }
      const drafts = Array.from({ length: count }, () => ({ kind: 'passage', logbook: scene.gate, body }))
      return (await guard.tab.open.store.save(drafts)).map(({ id }) => id)
    }
    const before = await log(7)
    await allSent(guard, 7)
    const copy = join(folder, 'copy')
    await kept.backup(copy)
    const after = await log(5)
    await allSent(guard, 12)
    expect(await server.stop()).toBe(0)
    expect((await storedIn(scene.gate)).sort()).toEqual([...before, ...after].sort())

    await kept.restore(copy)
    expect(await storedIn(scene.gate)).toEqual(before)
    const meanwhile = await log(3)
    await serve()
    await allSent(guard, 15)
    await until('all of it is there', async () => (await storedIn(scene.gate)).length >= 15)
    expect(await server.stop()).toBe(0)
    expect((await storedIn(scene.gate)).sort()).toEqual([...before, ...after, ...meanwhile].sort())
  },
  60_000,
)
