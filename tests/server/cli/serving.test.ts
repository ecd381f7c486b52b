import { X509Certificate } from 'node:crypto'
import { readdirSync, statSync } from 'node:fs'
import { connect } from 'node:net'
import { join } from 'node:path'
import { once } from 'node:events'
import { get } from 'node:https'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { parse } from 'valibot'
import { headers, paths, Preview } from '../../../src/protocol/api.ts'
import { wirePages } from '../../../src/protocol/page.ts'
import { newFolder, removeFolder } from '../../support/folders.ts'
import { httpLine } from '../../support/httpLine.ts'
import { TestPhone } from '../../support/testPhone.ts'
import { serverFileVariable, serverSources } from '../../support/serverFile.ts'
import { runCli, ServerProcess } from '../../support/serverProcess.ts'
import { until } from '../../support/waiting.ts'

// From the sources themselves, as `npm start` does it.
beforeAll(() => void vi.stubEnv(serverFileVariable, serverSources))
afterAll(() => void vi.unstubAllEnvs())

let folder = ''
let data = ''
const servers: ServerProcess[] = []
beforeEach(() => {
  folder = newFolder('serving')
  data = join(folder, 'data')
})
afterEach(async () => {
  for (const server of servers.splice(0)) await server.stop('SIGKILL')
  removeFolder(folder)
})

async function serving(args: readonly string[] = [], env = {}): Promise<ServerProcess> {
  const server = await ServerProcess.serving(data, args, env)
  servers.push(server)
  return server
}

const phoneAt = (origin: string) => new TestPhone(httpLine(origin))

describe('the first start', () => {
  it('prints the address and a set-up link with its code, and keeps the folder and all in it to its owner', async () => {
    const server = await serving()
    expect(server.out).toMatch(/Set-up link/)
    expect(server.out.split('\n').filter((line) => /[█▀▄]{5}/.test(line)).length).toBeGreaterThan(10)
    const files = readdirSync(data).map((name) => join(data, name))
    for (const made of [data, ...files]) expect([made, statSync(made).mode & 0o077]).toEqual([made, 0])
    expect(readdirSync(data)).toContain('gatepost.db')
    const preview = await fetch(server.origin + paths.preview, {
      method: 'POST',
      body: JSON.stringify({ token: server.secret }),
    })
    expect(parse(Preview, await preview.json()).setup).toBe(true)
    expect(server.err).toBe('')
  })

  it('speaks Chinese in a Chinese terminal', async () => {
    expect((await serving([], { LANG: 'zh_CN.UTF-8' })).out).toMatch(/第一位社区工作者的设置链接/)
  })
})

describe('a later start', () => {
  it('keeps the data, prints no link, and says how to make another', async () => {
    const first = await serving()
    const phone = phoneAt(first.origin)
    const { community } = await phone.enrol(first.secret, '王主任')
    expect(await first.stop()).toBe(0)
    const second = await serving()
    expect(second.secret).toBe('')
    expect(second.out).toMatch(/--setup/)
    phone.line = httpLine(second.origin)
    expect((await phone.ask({ url: paths.scope })).json()).toMatchObject({ community, name: '王主任' })
    const { out, code } = await runCli(['--setup', '--data', data, '--port', '8765'])
    expect(code).toBe(0)
    const [, origin, token = ''] = /(http:\S+)\/join#([\w-]+)/.exec(out) ?? []
    expect(origin).toBe('http://localhost:8765')
    expect((await phoneAt(second.origin).enrol(token, '钱八')).community).toBe(community)
  })
})

describe('a signal to stop', () => {
  it('finishes what was acknowledged, closes streams and ends well', async () => {
    const server = await serving()
    const phone = phoneAt(server.origin)
    await phone.enrol(server.secret, '王主任')
    const stream = await fetch(server.origin + paths.events, {
      headers: { authorization: `Bearer ${phone.token()}` },
    })
    const heard = stream.text()
    expect(await server.stop('SIGTERM')).toBe(0)
    expect(await heard).toMatch(/^: open/)
    expect(server.out).toMatch(/Stopped\. Everything acknowledged/)
  })

  it('answers the request that was under way, and takes no new one', async () => {
    const server = await serving()
    const phone = phoneAt(server.origin)
    await phone.enrol(server.secret, '王主任')
    const entry = { kind: 'reading', logbook: 'gate/unknown', body: {} }
    const body = wirePages([phone.seal(Array.from({ length: 40 }, () => entry))])
    const socket = connect(Number(new URL(server.origin).port), '127.0.0.1')
    let answer = ''
    socket.on('data', (bytes: Buffer) => void (answer += bytes.toString()))
    socket.write(
      `POST ${paths.push} HTTP/1.1\r\nhost: x\r\ncontent-length: ${Buffer.byteLength(body)}\r\n\r\n`,
    )
    socket.write(body.slice(0, 1000))
    await until('the request has begun', async () => (await fetch(`${server.origin}/healthz`)).ok)
    server.child.kill('SIGTERM')
    await until('it is stopping', () => server.out.includes('Finishing'))
    const late = connect(Number(new URL(server.origin).port), '127.0.0.1')
    expect(await once(late, 'error')).toMatchObject([{ code: 'ECONNREFUSED' }])
    socket.write(body.slice(1000))
    await once(socket, 'close')
    expect(answer).toMatch(/^HTTP\/1\.1 200/)
    expect(answer.toLowerCase()).toContain(headers.signature)
    expect(await server.ended).toBe(0)
  })

  it('given twice ends it at once', async () => {
    const server = await serving()
    const socket = connect(Number(new URL(server.origin).port), '127.0.0.1')
    socket.on('error', () => undefined)
    socket.write(`POST ${paths.push} HTTP/1.1\r\nhost: x\r\ncontent-length: 1000\r\n\r\nx`)
    await until('the request has begun', async () => (await fetch(`${server.origin}/healthz`)).ok)
    server.child.kill('SIGINT')
    await until('it is stopping', () => server.out.includes('Finishing'))
    server.child.kill('SIGINT')
    expect(await server.ended).toBe(130)
    socket.destroy()
  })
})

/** Asks over HTTPS, trusting this authority only. */
async function status(url: string, ca: Buffer | string): Promise<{ status?: number; hsts?: unknown }> {
  const [response] = await once(get(url, { ca, agent: false }), 'response')
  response.resume()
  return { status: response.statusCode, hsts: response.headers['strict-transport-security'] }
}

describe('--lan', () => {
  it('serves HTTPS by a certificate of its own, and hands out what phones have to trust', async () => {
    const server = await serving(['--lan', '--lan-port', '0'])
    expect(server.origin).toMatch(/^https:/)
    const page = /(http:\S+)/.exec(server.out)?.[1] ?? ''
    const der = Buffer.from(await (await fetch(`${page}/ca.crt`)).arrayBuffer())
    const html = await (await fetch(page)).text()
    const [fingerprint = ''] = /(?:[0-9A-F]{2}:){31}[0-9A-F]{2}/.exec(server.out) ?? []
    expect(fingerprint).toBe(new X509Certificate(der).fingerprint256)
    expect(html).toContain(fingerprint)
    const pem = `-----BEGIN CERTIFICATE-----\n${der.toString('base64')}\n-----END CERTIFICATE-----`
    expect(await status(`${server.origin}/healthz`, pem)).toMatchObject({
      status: 200,
      hsts: expect.anything(),
    })
    expect(await server.stop()).toBe(0)
  })
})
