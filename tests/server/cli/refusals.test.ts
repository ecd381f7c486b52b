import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest'
import { newFolder, removeFolder } from '../../support/folders.ts'
import { runCli, ServerProcess } from '../../support/serverProcess.ts'

let folder = ''
let data = ''
beforeEach(() => {
  folder = newFolder('refusals')
  data = join(folder, 'data')
})
afterEach(() => removeFolder(folder))

const serve = (...args: string[]) =>
  runCli(['serve', '--port', '0', '--host', '127.0.0.1', '--data', data, ...args])
const database = () => join(data, 'gatepost.db')
const digest = (file: string) => createHash('sha256').update(readFileSync(file)).digest('hex')

/** One line, on the error stream, and nothing else. */
function expectLine(run: { code: number | null; out: string; err: string }, line: RegExp): void {
  expect(run.err).toMatch(line)
  expect(run.err.trim().split('\n')).toHaveLength(1)
  expect(run.out).toBe('')
  expect(run.code).toBeGreaterThan(0)
}

/** A database that a server has made, closed again. */
async function madeDatabase(): Promise<void> {
  const server = await ServerProcess.serving(data)
  expect(await server.stop()).toBe(0)
}

describe('the server says in one line why it does not start, and damages nothing', () => {
  it('when its port is in use', async () => {
    const other = createServer().listen(0, '127.0.0.1')
    await once(other, 'listening')
    const address = other.address()
    const port = String(typeof address === 'object' && address ? address.port : 0)
    const run = await runCli(['--port', port, '--host', '127.0.0.1', '--data', data])
    other.close()
    expectLine(run, new RegExp(`Port ${port} is in use`))
  })

  it('when the machine has no such address', async () => {
    expectLine(
      await runCli(['--port', '0', '--host', '192.0.2.77', '--data', data]),
      /no address 192\.0\.2\.77/,
    )
  })

  it('when the data folder can’t be made', async () => {
    writeFileSync(data, 'a file where the folder should be')
    expectLine(await serve(), /can’t be written \((EEXIST|ENOTDIR)\)/)
    expect(readFileSync(data, 'utf8')).toBe('a file where the folder should be')
  })

  it('when the data folder can’t be made by anybody, though the one above it is there', async () => {
    data = '/proc/gatepost/data'
    expectLine(await serve(), /folder \/proc\/gatepost\/data can’t be written \(E[A-Z]+\)/)
  })

  it('when the disk is full (failure mode 5)', async () => {
    mkdirSync(data)
    symlinkSync('/dev/full', join(data, '.probe'))
    expectLine(await serve(), /The disk of .* is full/)
  })

  it('when the file is no database', async () => {
    mkdirSync(data)
    writeFileSync(database(), 'Dear diary, '.repeat(500))
    const before = digest(database())
    expectLine(await serve(), /no Gatepost database/)
    expect(digest(database())).toBe(before)
  })

  it('when the database is another program’s', async () => {
    mkdirSync(data)
    const other = new DatabaseSync(database())
    other.exec('create table songs (name text)')
    other.close()
    const before = digest(database())
    expectLine(await serve(), /no Gatepost database/)
    expect(digest(database())).toBe(before)
  })

  it('when the database is of a newer version', async () => {
    await madeDatabase()
    const newer = new DatabaseSync(database())
    newer.exec(`insert into kysely_migration (name, timestamp) values ('9999-later', '2099')`)
    newer.close()
    const before = digest(database())
    expectLine(await serve(), /written by a newer Gatepost/)
    expect(digest(database())).toBe(before)
  })

  it('when another server runs on the folder, and that one goes on', async () => {
    const first = await ServerProcess.serving(data)
    expectLine(await serve(), /Another Gatepost runs/)
    expect((await fetch(`${first.origin}/healthz`)).status).toBe(200)
    await first.stop()
  })

  it('when a certificate is missing or is none', async () => {
    const [cert, key] = [join(folder, 'a.crt'), join(folder, 'a.key')]
    expectLine(await serve('--tls-cert', cert, '--tls-key', key), /a\.(crt|key) can’t be read \(ENOENT\)/)
    writeFileSync(cert, 'no certificate')
    writeFileSync(key, 'no key')
    expectLine(await serve('--tls-cert', cert, '--tls-key', key), /don’t work together/)
  })

  it('when an option is wrong, in the operator’s language', async () => {
    expectLine(await runCli(['--prot', '80']), /Unknown option --prot/)
    expectLine(await runCli(['--port', 'x'], { LANG: 'zh_CN.UTF-8' }), /选项 --port 不能是“x”/)
    expectLine(await runCli(['--port', 'x'], { LC_ALL: 'zh_TW.UTF-8' }), /選項 --port 不能是「x」/)
    expectLine(await runCli([], { GATEPOST_PORT: 'x' }), /Option GATEPOST_PORT can’t be/)
  })
})

describe('help', () => {
  const options = newFolder('help')
  afterAll(() => removeFolder(options))

  it('tells every option, makes nothing and ends well', async () => {
    const { code, out, err } = await runCli(['serve', '--help', '--data', join(options, 'data')])
    expect([code, err]).toEqual([0, ''])
    for (const option of [
      'port',
      'host',
      'data',
      'tls-cert',
      'tls-key',
      'lan',
      'lan-port',
      'url',
      'setup',
      'help',
    ])
      expect(out).toContain(`--${option} `.trimEnd())
    expect(() => readFileSync(join(options, 'data'))).toThrow('ENOENT')
  })
})
