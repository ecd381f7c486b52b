import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { parse } from 'valibot'
import { headers, paths, Scope } from '../../../src/protocol/api.ts'
import { readPull } from '../../../src/protocol/pull.ts'
import { isSignedBy } from '../../../src/server/sync/signing.ts'
import { testCentre, type Founded, type TestCentre } from '../../support/testCentre.ts'
import type { TestPhone } from '../../support/testPhone.ts'

let centre: TestCentre
let here: Founded
let guard: TestPhone

beforeAll(async () => {
  centre = await testCentre()
  here = await centre.found()
  guard = await here.join('李四', [{ role: 'guard', place: here.compound }])
})
afterAll(() => centre.end())

const passage = () => ({
  kind: 'passage',
  logbook: here.gate,
  body: { post: here.post, way: 'in', subject: 'person', how: 'name', name: '张三', decision: 'admit' },
})

describe('a guard’s entries', () => {
  it('reach the centre, are acknowledged by signature, and are seen by the coordinator', async () => {
    const answer = await guard.send([guard.seal([passage(), passage()])])
    expect(answer.statusCode).toBe(200)
    const signature = String(answer.headers[headers.signature])
    const { serverKey } = guard.enrolled ?? {}
    expect(serverKey && isSignedBy(answer.body, signature, serverKey)).toBe(true)
    expect(answer.json().pages).toEqual([expect.objectContaining({ status: 'stored', entries: [] })])
    const pulled = await here.coordinator.ask({
      url: `${paths.pull}?logbook=${encodeURIComponent(here.gate)}`,
    })
    const page = readPull(pulled.body)
    expect(page?.head).toMatchObject({ facts: 2, more: false })
  })

  it('[SC1] stand in the scope, with the heads of the logbooks that the guard holds', async () => {
    const scope = parse(Scope, (await guard.ask({ url: paths.scope })).json())
    expect(scope.logbooks.find(({ id }) => id === here.gate)?.head).toBe(2)
    expect(scope.logbooks.map(({ purpose }) => purpose)).not.toContain('people')
    expect(scope).toMatchObject({ name: '李四', received: 2, community: here.community })
  })

  it('[SC4] come with the scope to whoever names where they stand', async () => {
    const ask = async (...cursors: string[]) => {
      const query = cursors.map((after) => `after=${encodeURIComponent(after)}`).join('&')
      return here.coordinator.ask({ url: `${paths.scope}?${query}` })
    }
    const { epoch } = (await ask()).json()
    const cursor = `${epoch}.${here.gate}.1`
    for (const answer of [await ask(cursor), await ask('none', cursor)]) {
      expect(answer.headers['content-type']).toMatch(/^application\/json/)
      const { news = [] } = parse(Scope, answer.json())
      expect(news.map((text) => readPull(text)?.head)).toMatchObject([
        { logbook: here.gate, facts: 1, seq: 2 },
      ])
    }
    const many = Array.from({ length: 25 }, () => cursor)
    expect((await ask(...many)).json().type).toBe('gatepost:bad-request')
  })
})

describe('every answer', () => {
  it('carries the centre’s time', async () => {
    for (const url of ['/healthz', '/nothing', paths.scope, '/api/v1/nothing'])
      expect((await centre.app.inject(url)).headers[headers.time], url).toBe(String(centre.clock.now))
  })

  it('carries a strict policy without anything unsafe but WebAssembly', async () => {
    const policy = String((await centre.app.inject('/healthz')).headers['content-security-policy'])
    expect(policy).toBe(
      "default-src 'self';script-src 'self' 'wasm-unsafe-eval';style-src 'self';img-src 'self' data: blob:;" +
        "connect-src 'self';object-src 'none';base-uri 'none';frame-ancestors 'none';form-action 'self'",
    )
    expect((await centre.app.inject('/healthz')).headers['strict-transport-security']).toBeUndefined()
  })
})
