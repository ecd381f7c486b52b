import { mkdtemp, readFile, rm, stat } from 'node:fs/promises'
import { createServer } from 'node:https'
import { connect } from 'node:tls'
import { once } from 'node:events'
import { X509Certificate } from 'node:crypto'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { isPrivate } from '../../../src/server/tls/addresses.ts'
import { lanTls, type LanTls } from '../../../src/server/tls/lan.ts'

const day = 86_400_000
const now = Date.now()
const home = { ips: ['192.168.1.20', '127.0.0.1', '::1'], names: ['localhost', 'desk.local'] }

let folder = ''
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'gatepost-lan-'))
})
afterEach(() => rm(folder, { recursive: true }))

/** What a TLS client that trusts only the authority says to a server with this certificate. */
async function handshake({ authority, server }: LanTls, host: string): Promise<string> {
  const listener = createServer({ cert: server.cert, key: server.key }).listen(0, '127.0.0.1')
  await once(listener, 'listening')
  const address = listener.address()
  const port = typeof address === 'object' && address ? address.port : 0
  const socket = connect({ port, host: '127.0.0.1', ca: authority.cert, servername: host })
  const said = await new Promise<string>((resolve) => {
    socket.once('secureConnect', () => resolve('trusted'))
    socket.once('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message))
  })
  socket.destroy()
  listener.close()
  return said
}

describe('certificates for a local network', () => {
  it('are trusted by whoever trusts the authority, for their own names only', async () => {
    const made = await lanTls(folder, home, now)
    expect(await handshake(made, 'desk.local')).toBe('trusted')
    expect(await handshake(made, 'gate.example.org')).toBe('ERR_TLS_CERT_ALTNAME_INVALID')
  })

  it('cannot vouch for a name of the internet, even if the key is stolen', async () => {
    const made = await lanTls(folder, { ips: home.ips, names: ['bank.example.com'] }, now)
    expect(await handshake(made, 'bank.example.com')).toMatch(/PERMITTED|SUBTREE|CONSTRAINT|UNSPECIFIED/i)
  })

  it('keep keys from other users of the machine', async () => {
    await lanTls(folder, home, now)
    for (const file of ['ca.key', 'server.key']) expect((await stat(join(folder, file))).mode & 0o077).toBe(0)
  })

  it('stay the same at the next start', async () => {
    const first = await lanTls(folder, home, now)
    expect(await lanTls(folder, home, now + day)).toEqual(first)
  })

  it('get a new server certificate from the same authority when an address changes or the end is near', async () => {
    const first = await lanTls(folder, home, now)
    const moved = await lanTls(folder, { ...home, ips: ['10.1.2.3', ...home.ips] }, now)
    const later = await lanTls(folder, { ...home, ips: ['10.1.2.3', ...home.ips] }, now + 370 * day)
    expect(moved.authority).toEqual(first.authority)
    expect(later.authority).toEqual(first.authority)
    expect(new Set([first, moved, later].map(({ server }) => server.cert)).size).toBe(3)
  })

  it('live at most 397 days on a server and ten years as an authority', async () => {
    const { server, authority } = await lanTls(folder, home, now)
    const days = (pem: string) => {
      const { validFromDate, validToDate } = new X509Certificate(pem)
      return (validToDate.getTime() - validFromDate.getTime()) / day
    }
    expect(days(server.cert)).toBeLessThanOrEqual(397)
    expect(days(authority.cert)).toBeGreaterThan(3649)
  })

  it('are made anew when a file was cut short', async () => {
    const { authority } = await lanTls(folder, home, now)
    const { writeFile } = await import('node:fs/promises')
    await writeFile(
      join(folder, 'server.crt'),
      (await readFile(join(folder, 'server.crt'), 'utf8')).slice(0, 80),
    )
    const again = await lanTls(folder, home, now)
    expect(again.authority).toEqual(authority)
    expect(await handshake(again, 'localhost')).toBe('trusted')
  })
})

describe('private addresses', () => {
  it.each(['10.0.0.1', '172.31.0.1', '192.168.0.9', '::1', 'fd00::1'])('%s is one', (ip) => {
    expect(isPrivate(ip)).toBe(true)
  })
  it.each(['8.8.8.8', '172.32.0.1', '2001:db8::1'])('%s is none', (ip) => {
    expect(isPrivate(ip)).toBe(false)
  })
})
