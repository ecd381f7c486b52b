import { join } from 'node:path'
import { v7 } from 'uuid'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { systemTimers } from '../../src/client/platform/timers.ts'
import { fetchTransport } from '../../src/client/platform/transport.ts'
import { openSqlite } from '../../src/server/storage/sqlite/open.ts'
import { device, openTab, type Tab } from '../support/clientPhone.ts'
import { newFolder, removeFolder } from '../support/folders.ts'
import { httpLine } from '../support/httpLine.ts'
import { runCli, ServerProcess } from '../support/serverProcess.ts'
import { invitation } from '../support/testCentre.ts'
import { TestPhone } from '../support/testPhone.ts'
import { virtualTime } from '../support/virtualTime.ts'
import { until } from '../support/waiting.ts'

let folder = ''
let data = ''
let server: ServerProcess
const tabs: Tab[] = []
beforeEach(async () => {
  folder = newFolder('restore')
  data = join(folder, 'data')
  server = await ServerProcess.serving(data)
})
afterEach(async () => {
  for (const tab of tabs.splice(0)) tab.close()
  await server.stop('SIGKILL')
  removeFolder(folder)
})

async function command(...args: string[]): Promise<void> {
  const run = await runCli([...args, '--data', data])
  expect([run.code, run.err]).toEqual([0, ''])
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
  const storage = await openSqlite({ file: join(data, 'gatepost.db') })
  const entries = await storage.entries({ logbook, after: 0, limit: 10_000 })
  await storage.close()
  return entries.map(({ id }) => id)
}

it('[EP1] [EP2] (27) after a restore phones bring back what the copy lacks, once', async () => {
  const scene = await founded()
  const { tab, time } = await guardAt(scene)
  const log = async (count: number): Promise<string[]> => {
    const body = { post: scene.post, way: 'in', subject: 'person', how: 'none', decision: 'admit' }
    const drafts = Array.from({ length: count }, () => ({ kind: 'passage', logbook: scene.gate, body }))
    return (await tab.open.store.save(drafts)).map(({ id }) => id)
  }
  const allSent = (count: number) =>
    until(`${count} entries sent`, () => {
      const { logged, waiting, received } = tab.status()
      if (logged === count && received === count && waiting === 0) return true
      // Time passes for the phone: back-off, polls.
      time.pass(1000)
      return false
    })

  const before = await log(7)
  await allSent(7)
  const copy = join(folder, 'copy.db')
  await command('backup', copy)
  const after = await log(5)
  await allSent(12)
  expect(await server.stop()).toBe(0)
  expect((await storedIn(scene.gate)).sort()).toEqual([...before, ...after].sort())

  await command('restore', copy)
  expect(await storedIn(scene.gate)).toEqual(before)
  const meanwhile = await log(3)
  server = await ServerProcess.serving(data)
  await until('the phone has offered everything again', async () => {
    time.pass(10_000)
    const { logged, waiting, received } = tab.status()
    return logged === 15 && received === 15 && waiting === 0
  })
  await until('all of it is there', async () => (await storedIn(scene.gate)).length >= 15)
  expect(await server.stop()).toBe(0)
  expect((await storedIn(scene.gate)).sort()).toEqual([...before, ...after, ...meanwhile].sort())
}, 60_000)
