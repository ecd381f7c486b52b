import { spawn, spawnSync, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, afterEach, describe, expect, it } from 'vitest'
import { inRoot } from '../../scripts/lib/paths.mjs'
import { newFolder, removeFolder } from '../support/folders.ts'
import { until } from '../support/waiting.ts'

const start = inRoot('scripts', 'start.mjs')
const env = { ...process.env, LANG: 'en_US.UTF-8', LC_ALL: 'en_US.UTF-8' }
const data = newFolder('operator')
let running: ChildProcess | null = null

/** As `npm start -- …` does it; `said()` is all it has said so far. */
function run(...options: string[]): { child: ChildProcess; said: () => string } {
  const child = spawn(process.execPath, [start, '--host', '127.0.0.1', '--data', data, ...options], { env })
  let said = ''
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (bytes: Buffer) => (said += bytes.toString()))
  running = child
  return { child, said: () => said }
}

const addressIn = (said: string): string | null => /http:\/\/127\.0\.0\.1:\d+/.exec(said)?.[0] ?? null

afterEach(() => {
  running?.kill('SIGTERM')
  running = null
})

afterAll(() => removeFolder(data))

describe('the operator’s one command', () => {
  it('tells all options', () => {
    const { status, stdout } = spawnSync(process.execPath, [start, '--help'], { env, encoding: 'utf8' })
    expect(status).toBe(0)
    for (const option of ['--port', '--host', '--data', '--tls-cert', '--tls-key', '--lan'])
      expect(stdout).toContain(option)
  })

  it('serves, prints address and set-up link, ends with one signal, and keeps the data', async () => {
    const first = run('--port', '0')
    const address = await until('an address', () => addressIn(first.said()), 60_000)
    await until('a set-up link', () => first.said().includes('/join#'))
    expect((await fetch(`${address}/healthz`)).status).toBe(200)
    expect(existsSync(join(data, 'gatepost.db'))).toBe(true)
    first.child.kill('SIGTERM')
    expect(await once(first.child, 'exit')).toEqual([0, null])
    await expect(fetch(`${address}/healthz`)).rejects.toThrow('fetch failed')

    const startedAt = performance.now()
    const second = run('--port', '0')
    await until('an address again', () => addressIn(second.said()))
    expect(performance.now() - startedAt).toBeLessThan(5_000)
  })

  it('says a wrong option in one clear line', () => {
    const { status, stderr, stdout } = spawnSync(process.execPath, [start, '--prot', '1'], {
      env,
      encoding: 'utf8',
    })
    expect(status).not.toBe(0)
    expect((stdout + stderr).trim().split('\n')).toHaveLength(1)
    expect(stdout + stderr).toContain('--prot')
  })
})
