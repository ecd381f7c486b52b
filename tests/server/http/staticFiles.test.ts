import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { brotliCompressSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { newFolder, removeFolder } from '../../support/folders.ts'
import { testCentre, type TestCentre } from '../../support/testCentre.ts'

const folder = newFolder('client')
/** Also where the clone lies in a folder of that name. */
const client = join(folder, 'assets', 'client')
let centre: TestCentre

beforeAll(async () => {
  mkdirSync(join(client, 'assets'), { recursive: true })
  const script = 'export const x = 1\n'.repeat(200)
  for (const [name, text] of [
    ['index.html', '<!doctype html><title>Gatepost</title>'],
    ['sw.js', 'self'],
    ['assets/app-abc123.js', script],
  ] as const)
    writeFileSync(join(client, name), text)
  writeFileSync(join(client, 'assets/app-abc123.js.br'), brotliCompressSync(script))
  writeFileSync(join(client, '..', 'gatepost-outside.txt'), 'secret')
  centre = await testCentre({ client })
})
afterAll(async () => {
  await centre.end()
  removeFolder(folder)
})

const get = (url: string, headers: Record<string, string> = {}) => centre.app.inject({ url, headers })
const html = { accept: 'text/html,application/xhtml+xml' }

describe('the built app', () => {
  it('is kept for ever where its name changes with it, and asked for again where not', async () => {
    expect((await get('/assets/app-abc123.js')).headers['cache-control']).toMatch(/immutable/)
    for (const url of ['/', '/index.html', '/sw.js'])
      expect((await get(url)).headers['cache-control'], url).toBe('no-cache')
  })

  it('goes out as the build compressed it', async () => {
    const answer = await get('/assets/app-abc123.js', { 'accept-encoding': 'gzip, br' })
    expect(answer.headers['content-encoding']).toBe('br')
    expect(answer.headers['content-type']).toMatch(/javascript/)
  })

  it('is answered by 304 when nothing changed', async () => {
    const { etag } = (await get('/sw.js')).headers
    expect((await get('/sw.js', { 'if-none-match': String(etag) })).statusCode).toBe(304)
  })

  it.each(['/gate', '/join', '/desk/people'])('opens at every address of its own: %s', async (url) => {
    const answer = await get(url, html)
    expect([answer.statusCode, answer.body]).toEqual([200, '<!doctype html><title>Gatepost</title>'])
    expect(answer.headers['cache-control']).toBe('no-cache')
  })

  it.each(['/assets/app-old.js', '/missing.png', '/api/v1/nothing'])(
    'does not stand in for what is missing, which would break a half-updated app (failure mode 9): %s',
    async (url) => {
      expect((await get(url, html)).json().type).toBe('gatepost:not-found')
    },
  )

  it('does not stand in for what a script asks for', async () => {
    expect((await get('/gate', { accept: '*/*' })).statusCode).toBe(404)
  })

  it.each(['/../gatepost-outside.txt', '/%2e%2e/gatepost-outside.txt', '/..%2fgatepost-outside.txt'])(
    'gives nothing from beside its folder: %s',
    async (url) => {
      expect((await get(url)).body).not.toContain('secret')
    },
  )
})
