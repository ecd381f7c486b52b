import { once } from 'node:events'
import { X509Certificate } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { makeAuthority } from '../../../src/server/tls/authority.ts'
import { lanPage } from '../../../src/server/tls/page.ts'

const { cert } = await makeAuthority(Date.now())
const server = lanPage(cert, 'https://192.168.1.20:8080')
let origin = ''

beforeAll(async () => {
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  origin = `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`
})
afterAll(() => {
  server.close().closeAllConnections()
})

describe('the page that hands out the certificate', () => {
  it('gives the certificate in the form that phones offer to install', async () => {
    const answer = await fetch(`${origin}/ca.crt`)
    expect(answer.headers.get('content-type')).toBe('application/x-x509-ca-cert')
    const given = new X509Certificate(Buffer.from(await answer.arrayBuffer()))
    expect(given.fingerprint256).toBe(new X509Certificate(cert).fingerprint256)
  })

  it('explains it in three languages, with nothing inline', async () => {
    const answer = await fetch(origin)
    const html = await answer.text()
    for (const lang of ['zh-Hans', 'zh-Hant', 'en']) expect(html).toContain(`<section lang="${lang}">`)
    expect(html).toContain('href="https://192.168.1.20:8080"')
    expect(html).not.toMatch(/<script|<style|style=/)
    expect(answer.headers.get('content-security-policy')).toContain("default-src 'none'")
  })

  it.each(['/ca.key', '/constructor', '/../server.key'])('gives nothing else: %s', async (path) => {
    expect((await fetch(origin + path)).status).toBe(404)
  })

  it('takes nothing', async () => {
    expect((await fetch(`${origin}/ca.crt`, { method: 'POST', body: 'x' })).status).toBe(404)
  })
})
