import { readFileSync } from 'node:fs'
import { connect, type Socket } from 'node:net'
import { gzipSync } from 'node:zlib'
import { v7 } from 'uuid'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { paths } from '../../../src/protocol/api.ts'
import { pushMaxBytes } from '../../../src/protocol/page.ts'
import { newFolder, removeFolder } from '../../support/folders.ts'
import { httpLine } from '../../support/httpLine.ts'
import { ServerProcess } from '../../support/serverProcess.ts'
import { TestPhone } from '../../support/testPhone.ts'
import { until } from '../../support/waiting.ts'

let folder = ''
let server: ServerProcess
beforeEach(async () => {
  folder = newFolder('overload')
  server = await ServerProcess.serving(folder)
})
afterEach(async () => {
  await server.stop('SIGKILL')
  removeFolder(folder)
})

/** The most memory that the process has ever had, bytes. */
function highWater(): number {
  const status = readFileSync(`/proc/${server.child.pid}/status`, 'utf8')
  return Number(/^VmHWM:\s+(\d+) kB$/m.exec(status)?.[1]) * 1024
}

/** Some 100 MB are the program itself. Seen: 386 MB; without limits on answers alone 842. */
const atMost = 512 * 1024 * 1024

async function founded() {
  const phone = new TestPhone(httpLine(server.origin))
  const { community } = await phone.enrol(server.secret, '王主任')
  const compound = v7()
  const body = { level: 'compound', name: '一号院', parent: community }
  await phone.push([{ kind: 'place', logbook: `duty/${community}`, record: compound, body }])
  const logbook = `gate/${compound}`
  const reading = { post: v7(), celsius: 36.5, fever: false, note: '样'.repeat(300) }
  return { phone, logbook, entry: { kind: 'reading', logbook, body: reading } }
}

/** Sends to the server as fast as it takes it, on a connection of its own; answers the status. */
async function sends(
  path: string,
  body: Uint8Array<ArrayBuffer>,
  headers: Record<string, string>,
): Promise<number> {
  const answer = await fetch(server.origin + path, { method: 'POST', body, headers }).catch(() => null)
  await answer?.arrayBuffer()
  // 0: it was cut off while it still spoke.
  return answer?.status ?? 0
}

/** Asks, reads the first bytes, and then nothing any more; or is cut off before. */
function readsNothing(path: string, token: string): Promise<Socket> {
  return new Promise((resolve) => {
    const socket = connect(Number(new URL(server.origin).port), '127.0.0.1')
    socket.on('error', () => undefined)
    socket.once('close', () => resolve(socket))
    socket.once('data', () => {
      socket.pause()
      resolve(socket)
    })
    socket.write(`GET ${path} HTTP/1.1\r\nhost: x\r\nauthorization: Bearer ${token}\r\n\r\n`)
  })
}

it('memory stays bounded under ten times what fits, refusals say when to come again, and nothing is lost', async () => {
  const { phone, logbook, entry } = await founded()
  for (let page = 0; page < 40; page++) await phone.push(Array.from({ length: 100 }, () => entry))
  const pull = `${paths.pull}?all=1&logbook=${encodeURIComponent(logbook)}`
  const large = new Uint8Array(4 * 1024 * 1024).fill(120)
  const bomb = new Uint8Array(gzipSync(Buffer.alloc(pushMaxBytes - 1, 'x')))
  const asks: Promise<number>[] = []
  const deaf: Promise<Socket>[] = []
  for (let i = 0; i < 100; i++) {
    asks.push(sends(paths.push, large, {}))
    asks.push(sends(paths.push, bomb, { 'content-encoding': 'gzip' }))
    deaf.push(readsNothing(pull, phone.token()))
  }
  const statuses = new Set(await Promise.all(asks))
  const sockets = await Promise.all(deaf)
  expect([...statuses].every((status) => [0, 400, 413, 503].includes(status))).toBe(true)
  expect(statuses).toContain(503)
  const page = phone.seal([entry])
  const taken = async () => (await phone.send([page])).statusCode === 200
  expect(await until('an honest phone is taken', taken, 30_000, 250)).toBe(true)
  for (const socket of sockets) socket.destroy()
  expect(highWater()).toBeLessThan(atMost)
}, 120_000)
