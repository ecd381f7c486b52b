import {
  copyFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { setTimeout as pause } from 'node:timers/promises'
import { v7 } from 'uuid'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { openSqlite } from '../../../src/server/storage/sqlite/open.ts'
import { newFolder, removeFolder } from '../../support/folders.ts'
import { httpLine } from '../../support/httpLine.ts'
import { runCli, ServerProcess } from '../../support/serverProcess.ts'
import { TestPhone } from '../../support/testPhone.ts'

let folder = ''
let data = ''
let copy = ''
const servers: ServerProcess[] = []
/** The data folder that a server made and left in good order. */
const left = newFolder('backup-left')
beforeAll(async () => {
  if ((await (await ServerProcess.serving(left)).stop()) !== 0) throw new Error('the server did not end well')
}, 60_000)
afterAll(() => removeFolder(left))
beforeEach(() => {
  folder = newFolder('backup')
  data = join(folder, 'data')
  copy = join(folder, 'copy.db')
})
afterEach(async () => {
  for (const server of servers.splice(0)) await server.stop('SIGKILL')
  removeFolder(folder)
})

async function serving(): Promise<ServerProcess> {
  const server = await ServerProcess.serving(data)
  servers.push(server)
  return server
}
/** As after a server that ran here and was stopped. */
const served = () => cpSync(left, data, { recursive: true })
const cli = (...args: string[]) => runCli([...args, '--data', data])
const database = () => join(data, 'gatepost.db')
const kept = () => readdirSync(data).filter((name) => name.includes('before-restore'))

function expectLine(run: { code: number | null; out: string; err: string }, line: RegExp): void {
  expect(run.err).toMatch(line)
  expect(run.err.trim().split('\n')).toHaveLength(1)
  expect([run.out, run.code]).toEqual(['', 1])
}

/** What a database says of itself, read without a trace. */
async function told(file: string) {
  const storage = await openSqlite({ file })
  const answer = { epoch: await storage.meta('epoch'), key: await storage.meta('server-key') }
  await storage.close()
  return answer
}

/** A phone that writes without a pause until told to stop. */
async function busy(server: ServerProcess) {
  const phone = new TestPhone(httpLine(server.origin))
  const { community } = await phone.enrol(server.secret, '王主任')
  const place = (name: string) => ({
    ...{ kind: 'place', logbook: `duty/${community}`, record: v7() },
    body: { level: 'compound', name, parent: community },
  })
  const life = { going: true, sent: 0 }
  const writing = (async () => {
    while (life.going) {
      await phone.push(Array.from({ length: 20 }, (_, i) => place(`样本 ${life.sent + i}`)))
      life.sent += 20
    }
  })()
  const end = async () => {
    life.going = false
    await writing
  }
  return { life, community, end }
}

describe('backup', () => {
  it('copies one moment of a database that a running server writes to, as one private file', async () => {
    const writer = await busy(await serving())
    while (writer.life.sent < 100) await pause(10)
    const before = writer.life.sent
    const run = await cli('backup', copy)
    const after = writer.life.sent
    await writer.end()
    expect([run.code, run.err]).toEqual([0, ''])
    expect(run.out).toContain(copy)
    expect(run.out.trim().split('\n')).toHaveLength(1)
    expect(readdirSync(folder).sort()).toEqual(['copy.db', 'data'])
    expect(statSync(copy).mode & 0o077).toBe(0)
    const storage = await openSqlite({ file: copy })
    const logbook = `duty/${writer.community}`
    const entries = await storage.entries({ logbook, after: 0, limit: 100_000, kinds: ['place'] })
    const head = (await storage.logbook(logbook))?.head
    await storage.close()
    expect(entries.length).toBeGreaterThanOrEqual(before)
    expect(entries.length).toBeLessThanOrEqual(after + 20)
    // Whole transactions only: twenty entries of a page, and the counter that was raised with them.
    expect(entries.length % 20).toBe(0)
    expect(entries.at(-1)?.seq).toBe(head)
  })

  it('overwrites nothing, and says so in one line', async () => {
    served()
    writeFileSync(copy, 'somebody’s file')
    expectLine(await cli('backup', copy), /exists already/)
    expect(readFileSync(copy, 'utf8')).toBe('somebody’s file')
  })

  it('says when there is nothing to copy or nowhere to write', async () => {
    expectLine(await cli('backup', copy), /no database in/)
    served()
    expectLine(await cli('backup', join(folder, 'none', 'copy.db')), /can’t be written \(ENOENT\)/)
    const without = await cli('backup')
    expect([without.err, without.code]).toEqual(['Say which file: npm start -- backup FILE\n', 2])
  })
})

it.each(['backup', 'restore'])(
  '%s leaves a database of another program to its own tools',
  async (command) => {
    expectLine(await cli(command, copy, '--database-url', 'postgres://127.0.0.1:1/none'), /pg_dump/)
    expect(existsSync(data)).toBe(false)
  },
)

describe('restore', () => {
  it('[EP1] puts the copy in the database’s place under a new epoch and keeps what it replaced', async () => {
    served()
    expect((await cli('backup', copy)).code).toBe(0)
    const old = await told(database())
    const run = await cli('restore', copy)
    expect([run.code, run.err]).toEqual([0, ''])
    expect(run.out.trim().split('\n')).toHaveLength(1)
    const [aside = ''] = kept()
    expect(kept()).toHaveLength(1)
    expect(run.out).toContain(join(data, aside))
    expect(aside).toMatch(/^gatepost\.db\.before-restore-\d{4}-\d\d-\d\dT\d\d-\d\d-\d\dZ$/)
    expect(
      readdirSync(data)
        .filter((name) => name.startsWith('gatepost.db'))
        .sort(),
    ).toEqual(['gatepost.db', aside].sort())
    const now = await told(database())
    expect(now.key).toBe(old.key)
    expect(now.epoch).not.toBe(old.epoch)
    expect(await told(join(data, aside))).toEqual(old)
    expect(statSync(database()).mode & 0o077).toBe(0)
    expect(await (await serving()).stop()).toBe(0)
  })

  it('refuses while a server holds the folder', async () => {
    await serving()
    expect((await cli('backup', copy)).code).toBe(0)
    expectLine(await cli('restore', copy), /Another Gatepost runs/)
    expect(kept()).toEqual([])
  })

  const spoilt: [string, RegExp, () => void][] = [
    ['is not there', /can’t be read \(ENOENT\)/, () => undefined],
    ['is no database', /no Gatepost database/, () => writeFileSync(copy, 'Dear diary, '.repeat(500))],
    ['is empty', /no Gatepost database/, () => writeFileSync(copy, '')],
    [
      'is somebody else’s database',
      /no Gatepost database/,
      () => {
        const other = new DatabaseSync(copy)
        other.exec('create table kysely_migration (name text); create table a (b)')
        other.close()
      },
    ],
    [
      'was written by a newer Gatepost',
      /newer Gatepost/,
      () => {
        copyFileSync(database(), copy)
        const newer = new DatabaseSync(copy)
        newer.exec("insert into kysely_migration (name, timestamp) values ('9999-later', '')")
        newer.close()
      },
    ],
    [
      'is damaged',
      /is damaged/,
      () => {
        const bytes = readFileSync(database())
        bytes.fill(0xff, 4096 * 3, 4096 * 6)
        writeFileSync(copy, bytes)
      },
    ],
  ]
  it.each(spoilt)('refuses a file that %s, and leaves everything as it was', async (_what, line, spoil) => {
    served()
    spoil()
    const before = readFileSync(database())
    const names = readdirSync(data)
    expectLine(await cli('restore', copy), line)
    expect(readFileSync(database())).toEqual(before)
    expect(readdirSync(data)).toEqual(names)
  })

  it('replaces a damaged database too, and keeps it with its journal', async () => {
    served()
    expect((await cli('backup', copy)).code).toBe(0)
    writeFileSync(database(), 'rubbish '.repeat(1000))
    writeFileSync(`${database()}-wal`, 'rubbish as well')
    expect((await cli('restore', copy)).code).toBe(0)
    expect(
      kept()
        .map((name) => name.replace(/\d.*Z/, 'T'))
        .sort(),
    ).toEqual(['gatepost.db.before-restore-T', 'gatepost.db.before-restore-T-wal'])
    expect(existsSync(`${database()}-wal`)).toBe(false)
    expect(await (await serving()).stop()).toBe(0)
  })

  it('takes in what a killed server left in its journal, and sets up a folder that was empty', async () => {
    const writer = await busy(await serving())
    while (writer.life.sent < 60) await pause(10)
    await writer.end()
    await servers[0]?.stop('SIGKILL')
    expect((await cli('backup', copy)).code).toBe(0)
    data = join(folder, 'elsewhere')
    mkdirSync(data)
    const run = await cli('restore', copy)
    expect(run.out).toMatch(/^Restored from .*copy\.db\. Now start the server\.\n$/)
    const storage = await openSqlite({ file: database() })
    const logbook = `duty/${writer.community}`
    const entries = await storage.entries({ logbook, after: 0, limit: 100_000, kinds: ['place'] })
    await storage.close()
    expect(entries.length).toBe(writer.life.sent)
  })
})
