import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { paths } from '../../../src/protocol/api.ts'
import { pushMaxBytes, wirePages } from '../../../src/protocol/page.ts'
import { testCentre, type Founded, type TestCentre } from '../../support/testCentre.ts'

let centre: TestCentre
let here: Founded

beforeAll(async () => {
  centre = await testCentre()
  here = await centre.found()
})
afterAll(() => centre.end())

const push = (payload: string | Buffer, headers: Record<string, string> = {}) =>
  centre.app.inject({ method: 'POST', url: paths.push, payload, headers })
const gzip = { 'content-encoding': 'gzip' }

describe('[PU1] a request’s body', () => {
  it('may come gzipped', async () => {
    const page = here.coordinator.seal([{ kind: 'nothing', logbook: here.gate, body: {} }])
    const answer = await push(gzipSync(wirePages([page])), gzip)
    expect(answer.json().pages[0].entries).toEqual([
      { n: page.header.first, status: 'held', code: 'unknown-kind' },
    ])
  })

  it.each(['text/plain', 'application/json', 'application/octet-stream', 'application/x-unheard-of'])(
    'may call itself %s',
    async (type) => {
      expect((await push('no page', { 'content-type': type })).json().type).toBe('gatepost:page-unreadable')
    },
  )

  it('[PU11] that is too large is told so, so that the phone halves it (failure mode 22)', async () => {
    const answer = await push('x'.repeat(pushMaxBytes + 1))
    expect([answer.statusCode, answer.json().type]).toEqual([413, 'gatepost:too-large'])
  })

  it('that is small on the way but too large inflated is told so, too', async () => {
    const bomb = gzipSync(Buffer.alloc(pushMaxBytes * 8))
    expect(bomb.length).toBeLessThan(100_000)
    const answer = await push(bomb, gzip)
    expect([answer.statusCode, answer.json().type]).toEqual([413, 'gatepost:too-large'])
  })

  it.each([1, 10, 40, 100])('of %i entries is read the same, long or short', async (count) => {
    const entries = Array.from({ length: count }, () => reading())
    const page = here.coordinator.seal(entries)
    const answer = await push(gzipSync(wirePages([page])), gzip)
    expect(answer.json().pages).toEqual([
      { page: page.header.page, hash: page.header.hash, status: 'stored', entries: [] },
    ])
  })

  it('that is short on the way may be long inflated, as far as its route goes', async () => {
    const packed = (length: number): Buffer => gzipSync(Buffer.alloc(length, ' '))
    const preview = (payload: Buffer) =>
      centre.app.inject({ method: 'POST', url: paths.preview, payload, headers: gzip })
    expect(packed(1_000_000).length).toBeLessThan(4096)
    expect((await push(packed(1_000_000), gzip)).json().type).toBe('gatepost:page-unreadable')
    expect((await preview(packed(64 * 1024))).json().type).toBe('gatepost:bad-request')
    expect((await preview(packed(64 * 1024 + 1))).json().type).toBe('gatepost:too-large')
  })

  it('that was cut short, or packed in an unknown way, is a bad request', async () => {
    const cut = gzipSync('something').subarray(0, 12)
    expect((await push(cut, gzip)).statusCode).toBe(400)
    expect((await push('x', { 'content-encoding': 'br' })).statusCode).toBe(400)
  })

  it.each(['', '{', '[]', '{"token":7}', '{"token":"short"}'])(
    'of a call that is no such call: %s',
    async (payload) => {
      const answer = await centre.app.inject({ method: 'POST', url: paths.preview, payload })
      expect([answer.statusCode, answer.json().type]).toEqual([400, 'gatepost:bad-request'])
    },
  )
})

describe('answers', () => {
  it('are gzipped where the phone takes it', async () => {
    for (let i = 0; i < 3; i++) await here.coordinator.push(Array.from({ length: 50 }, () => reading()))
    const url = `${paths.pull}?all=1&logbook=${encodeURIComponent(here.gate)}`
    const packed = await here.coordinator.ask({ url, headers: { 'accept-encoding': 'gzip' } })
    const plain = await here.coordinator.ask({ url })
    expect(packed.headers['content-encoding']).toBe('gzip')
    expect(packed.rawPayload.length).toBeLessThan(plain.rawPayload.length / 3)
  })

  it('about a problem are problems, with the centre’s time, and never kept by a cache', async () => {
    const answer = await centre.app.inject(paths.scope)
    expect(answer.headers['content-type']).toMatch(/^application\/problem\+json/)
    expect(answer.headers['cache-control']).toBe('no-store')
    expect(answer.json()).toEqual({ type: 'gatepost:token-missing', status: 401, time: centre.clock.now })
  })
})

const reading = () => ({
  kind: 'reading',
  logbook: here.gate,
  body: { post: here.post, celsius: 36.5, fever: false },
})
