import fc from 'fast-check'
import { v7 } from 'uuid'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { paths } from '../../../src/protocol/api.ts'
import { openApiDocument } from '../../../src/server/http/openapi/document.ts'
import { callsOf, type Call } from '../../support/fuzzing.ts'
import { testCentre, type Founded, type TestCentre } from '../../support/testCentre.ts'
import type { TestPhone } from '../../support/testPhone.ts'

let centre: TestCentre
let here: Founded
/** Who calls: by name, so that a failure says it. Nobody of them belongs to the community but the first two. */
let callers: Record<string, () => string | undefined>
const secrets = ['王主任', '秘密张三', '13800138000', '李四守门', '示例社区', '一号院', '京A98765']

beforeAll(async () => {
  centre = await testCentre()
  here = await centre.found()
  const homes = here.gate.replace('gate/', 'homes/')
  const people = [{ name: '秘密张三', phone: '13800138000' }]
  await here.coordinator.push([
    {
      kind: 'household',
      logbook: homes,
      record: v7(),
      body: { home: '3-2-501', people, plates: ['京A98765'] },
    },
    { kind: 'later', logbook: here.gate, body: { name: '秘密张三' } },
  ])
  const guard = await here.join('李四守门', [{ role: 'guard', place: here.compound }])
  const outsider = await strangerOf(guard)
  callers = {
    coordinator: () => here.coordinator.token(),
    guard: () => guard.token(),
    outsider: () => outsider.token(),
    liar: () => centre.phone().token(here.coordinator.id),
    garbage: () => 'e30.e30.AAAA',
    nobody: () => undefined,
  }
})
afterAll(() => centre.end())

/** A coordinator of another community on the same server. */
async function strangerOf(guard: TestPhone): Promise<TestPhone> {
  const { pen, storage } = centre.services
  const [community, member, stranger] = [v7(), v7(), centre.phone()]
  await pen.openCommunity(community)
  await pen.writeMember(community, member, {
    name: '外人',
    grants: [{ role: 'coordinator', place: community }],
  })
  const row = await storage.install(guard.id)
  const own = { id: stranger.id, key: stranger.key, community, member }
  if (row) await storage.write((tx) => tx.insertInstall({ ...row, ...own }))
  return stranger
}

/** Ids that mean something here, so that a call gets further than the door. */
const known = () => [
  here.gate,
  `people/${here.community}`,
  `duty/${here.community}`,
  here.community,
  here.compound,
  here.post,
]

let addresses = 0
async function send(call: Call, caller: string) {
  const token = callers[caller]?.()
  const answer = await centre.app.inject({
    ...{ method: call.method, url: call.url },
    headers: { ...call.headers, ...(token === undefined ? {} : { authorization: `Bearer ${token}` }) },
    ...(call.body === undefined ? {} : { payload: call.body }),
    // Tries are counted per address; here each is somebody else's.
    remoteAddress: `127.0.${(++addresses >> 8) & 255}.${addresses & 255}`,
  })
  const later = answer.statusCode === 503 && answer.headers['retry-after'] !== undefined
  return {
    later,
    status: answer.statusCode,
    type: String(answer.headers['content-type'] ?? ''),
    body: answer.body,
  }
}

/** Streams stay open; whoever may not listen is told so at once. Leaving would end the callers themselves. */
const apart: readonly string[] = [paths.events, paths.leave]
const runs = Number(process.env['GATEPOST_FUZZ_RUNS'] ?? 60)
const calls = callsOf(openApiDocument(), known)

describe.each(calls.map(({ name, call, path }) => [name, call, path] as const))('%s', (_name, call, path) => {
  it('answers whatever it is asked: no 5xx, no hang, nothing of others', async () => {
    const everybody = ['coordinator', 'guard', 'outsider', 'liar', 'garbage', 'nobody']
    const some = fc.constantFrom(...(apart.includes(path) ? everybody.slice(3) : everybody))
    await fc.assert(
      fc.asyncProperty(call(), some, async (asked, caller) => {
        const { later, status, type, body } = await send(asked, caller)
        // A busy machine may be told to come again: that is an answer.
        if (!later) expect(status).toBeLessThan(500)
        if (status >= 400) expect(type).toMatch(/^application\/problem\+json/)
        if (caller === 'coordinator') return
        const hidden = caller === 'guard' ? ['秘密张三', '13800138000', '王主任'] : secrets
        for (const secret of hidden) expect(body).not.toContain(secret)
      }),
      { numRuns: runs, seed: 4711, timeout: 30_000 },
    )
  }, 120_000)
})

it('the server is as it was afterwards', async () => {
  expect((await centre.app.inject(paths.ready)).json()).toEqual({ ready: true })
  expect((await here.coordinator.ask({ url: paths.scope })).json()).toMatchObject({ name: '王主任' })
})
