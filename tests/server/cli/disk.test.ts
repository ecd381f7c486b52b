import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { v7 } from 'uuid'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { paths } from '../../../src/protocol/api.ts'
import { newFolder, removeFolder } from '../../support/folders.ts'
import { httpLine } from '../../support/httpLine.ts'
import { ServerProcess } from '../../support/serverProcess.ts'
import { TestPhone } from '../../support/testPhone.ts'

let disk = ''
beforeEach(() => (disk = newFolder('disk')))
afterEach(() => removeFolder(disk))

/**
 * Runs the server in a room of mounts of its own, where a small disk lies over the folder. That needs no rights but
 * those of a namespace, and leaves nothing behind. Where a machine forbids it, the server does not come up and the
 * test says so.
 */
const onDisk = (options: string): string[] => {
  const script =
    'mount -t tmpfs -o size=4m gatepost "$1" && mount -o "remount,$2" "$1" && shift 2 && exec "$@"'
  return ['unshare', '--map-root-user', '--mount', 'sh', '-c', script, 'sh', disk, options]
}
/** The same folder, seen from outside of that room. */
const inside = ({ child }: ServerProcess, file: string): string =>
  `/proc/${child.pid}/root${join(disk, file)}`

/** Takes all room that is left. */
function fill(server: ServerProcess): void {
  const block = Buffer.alloc(4096)
  const file = inside(server, 'filler')
  try {
    for (;;) writeFileSync(file, block, { flag: 'a' })
  } catch (cause) {
    expect(cause).toMatchObject({ code: 'ENOSPC' })
  }
}

describe('a real disk', () => {
  it('that is full: 503 with a time to come back, nothing half-written, reading goes on, and later all goes through (failure mode 5)', async () => {
    const server = await ServerProcess.serving(join(disk, 'data'), [], {}, onDisk('rw'))
    try {
      const phone = new TestPhone(httpLine(server.origin))
      const { community } = await phone.enrol(server.secret, '王主任')
      const compound = v7()
      const place = (record: string, body: Record<string, unknown>) => ({
        kind: 'place',
        logbook: `duty/${community}`,
        record,
        body,
      })
      await phone.push([
        place(community, { level: 'community', name: '示例社区' }),
        place(compound, { level: 'compound', name: '一号院', parent: community }),
      ])
      fill(server)
      const reading = () => ({
        kind: 'reading',
        id: v7(),
        logbook: `gate/${compound}`,
        body: { post: v7(), celsius: 36.5, fever: false },
      })
      const pages = Array.from({ length: 20 }, () => phone.seal(Array.from({ length: 100 }, reading)))
      const refused = await phone.send(pages)
      expect([refused.statusCode, refused.json().type]).toEqual([503, 'gatepost:storage-unavailable'])
      expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0)
      const scope = (await phone.ask({ url: paths.scope })).json()
      expect(scope.received).toBe(2)
      expect(scope.logbooks.find(({ id }: { id: string }) => id === `gate/${compound}`).head).toBe(0)
      rmSync(inside(server, 'filler'))
      const taken = await phone.send(pages)
      expect(taken.json().pages.map(({ status }: { status: string }) => status)).toEqual(
        pages.map(() => 'stored'),
      )
      expect((await phone.ask({ url: paths.scope })).json().received).toBe(2 + 20 * 100)
    } finally {
      await server.stop()
    }
  }, 60_000)

  it('that is read-only: the server says so in one line and does not start', async () => {
    const args = ['serve', '--port', '0', '--host', '127.0.0.1', '--data', disk]
    const run = new ServerProcess({ args, by: onDisk('ro') })
    expect(await run.ended).toBeGreaterThan(0)
    expect(run.err.trim().split('\n')).toHaveLength(1)
    expect(run.err).toMatch(/can’t be written \(EROFS\)/)
  })

  it('that has no room for a copy: the backup says which one, leaves nothing, and the database is as it was', async () => {
    const data = newFolder('disk-data')
    try {
      await (await ServerProcess.serving(data)).stop()
      const copy = join(disk, 'copy.db')
      const run = new ServerProcess({ args: ['backup', copy, '--data', data], by: onDisk('rw,size=64k') })
      expect(await run.ended).toBe(1)
      expect(run.err.trim()).toBe(
        `There is no room on its disk for ${copy}. Nothing was copied, and nothing is damaged.`,
      )
      const again = new ServerProcess({ args: ['verify', '--data', data] })
      expect(await again.ended).toBe(0)
    } finally {
      removeFolder(data)
    }
  })
})
