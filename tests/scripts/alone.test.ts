import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { alone } from '../../scripts/lib/alone.mjs'
import { inRoot } from '../../scripts/lib/paths.mjs'
import { newFolder, removeFolder } from '../support/folders.ts'

const folder = newFolder('alone')
afterAll(() => removeFolder(folder))
const lock = join(folder, 'lock')

/** Another process that takes its time over the same work. */
const program = `
import { alone } from ${JSON.stringify(inRoot('scripts', 'lib', 'alone.mjs'))}
import { appendFileSync, existsSync, writeFileSync } from 'node:fs'
const [lock, done, log] = process.argv.slice(1)
alone(() => existsSync(done), () => {
  appendFileSync(log, 'worked ')
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 300)
  writeFileSync(done, '')
}, lock)`

describe('installing and building', () => {
  it('are done by one of several that begin at once, and the others wait until it is done', async () => {
    const [done, log] = [join(folder, 'done'), join(folder, 'log')]
    const begin = () =>
      spawn(process.execPath, ['--input-type=module', '-e', program, lock, done, log], { stdio: 'inherit' })
    const codes = await Promise.all([begin(), begin(), begin()].map((child) => once(child, 'exit')))
    expect(codes.map(([code]) => code as number)).toEqual([0, 0, 0])
    expect(readFileSync(log, 'utf8')).toBe('worked ')
    expect(existsSync(lock)).toBe(false)
  })

  it('are not done again where they are done', () => {
    expect(() =>
      alone(
        () => true,
        () => expect.unreachable(),
        lock,
      ),
    ).not.toThrow()
  })

  it('go on where a process died over them', async () => {
    const dead = spawn(process.execPath, ['-e', ''])
    await once(dead, 'exit')
    writeFileSync(lock, String(dead.pid))
    let worked = 0
    alone(
      () => worked > 0,
      () => void (worked += 1),
      lock,
    )
    expect(worked).toBe(1)
    expect(existsSync(lock)).toBe(false)
  })

  it('leave no lock behind when they fail', () => {
    const fail = (): void => {
      throw new Error('no network')
    }
    expect(() => alone(() => false, fail, lock)).toThrow('no network')
    expect(existsSync(lock)).toBe(false)
  })
})
