import { v7 } from 'uuid'
import { parse } from 'valibot'
import { afterEach, describe, expect, it } from 'vitest'
import { paths, Status } from '../../../src/protocol/api.ts'
import type { AppOptions } from '../../../src/server/app.ts'
import { testCentre, type TestCentre } from '../../support/testCentre.ts'

let centre: TestCentre
afterEach(() => centre.end())

const start = async (options: Partial<AppOptions> = {}) => (centre = await testCentre(options))
const get = (url: string, headers: Record<string, string> = {}) => centre.app.inject({ url, headers })

async function worked() {
  const { phone } = centre
  const here = await centre.found()
  const guard = await here.join('李四', [{ role: 'guard', place: here.compound }])
  const body = { post: here.post, celsius: 36.5, fever: false, name: '张三' }
  const entry = { kind: 'reading', logbook: here.gate, body }
  const page = guard.seal([entry, { ...entry, at: centre.clock.now - 90_000 }, { ...entry, kind: 'later' }])
  await guard.send([page], { 'gatepost-unsent': '7' })
  await guard.send([page], { 'gatepost-unsent': '7' })
  return { here, guard, phone }
}

/** The samples of one metric, `{label="x"}` → value. */
async function samples(name: string): Promise<Record<string, number>> {
  const lines = (await get(paths.metrics)).body.split('\n')
  const found = lines
    .map((line) => new RegExp(`^${name}(\\{.*\\})? ([\\d.e+-]+)$`).exec(line))
    .filter((m) => m !== null)
  return Object.fromEntries(found.map(([, labels = '', value]) => [labels, Number(value)]))
}
const figure = async (name: string): Promise<number | undefined> => (await samples(name))['']

describe('/readyz', () => {
  it('says yes where the database answers and has this program’s migrations', async () => {
    await start()
    const answer = await get(paths.ready)
    expect([answer.statusCode, answer.json()]).toEqual([200, { ready: true }])
  })

  it('says no where the database fails, or does not answer in time', async () => {
    await start()
    centre.services.storage.ahead = () => Promise.reject(new Error('gone'))
    expect([(await get(paths.ready)).statusCode, (await get(paths.ready)).json()]).toEqual([
      503,
      { ready: false, why: 'storage' },
    ])
    centre.services.storage.ahead = () => new Promise(() => undefined)
    const answer = await get(paths.ready)
    expect([answer.json(), answer.headers['retry-after']]).toEqual([{ ready: false, why: 'storage' }, '5'])
  })

  it('says no once a newer program has brought the database further', async () => {
    await start()
    centre.services.storage.ahead = () => Promise.resolve('9999-later')
    expect((await get(paths.ready)).json()).toEqual({ ready: false, why: 'older' })
  })

  it('says no while the server stops', async () => {
    await start()
    centre.services.storage.ahead = async () => {
      const closed = centre.app.close()
      await new Promise(setImmediate)
      void closed
      return null
    }
    const answer = await get(paths.ready)
    expect([answer.statusCode, answer.json()]).toEqual([503, { ready: false, why: 'stopping' }])
  })
})

describe('/metrics', () => {
  it('counts entries, pages, how long pushes took, how late entries come, and what phones hold back', async () => {
    await start()
    await worked()
    expect(await samples('gatepost_pages_total')).toEqual({
      '{status="stored"}': 2,
      '{status="duplicate"}': 1,
    })
    expect(await figure('gatepost_entries_received_total')).toBe(3 + 3 + 3)
    expect(await figure('gatepost_entries_aside_total')).toBe(2)
    expect(await figure('gatepost_push_seconds_count')).toBe(3)
    expect((await samples('gatepost_entry_lag_seconds_bucket'))['{le="60"}']).toBe(1)
    expect((await samples('gatepost_entry_lag_seconds_bucket'))['{le="300"}']).toBe(2)
    expect(await figure('gatepost_quarantine_open')).toBe(1)
    expect(await figure('gatepost_quarantine_held')).toBe(1)
    expect(await figure('gatepost_phones')).toBe(2)
    expect(await figure('gatepost_unsent_entries')).toBe(7 - 3)
    centre.clock.now += 60_000
    expect(await figure('gatepost_unsent_silent_seconds')).toBe(60)
    expect(await figure('gatepost_pokes_total')).toBeGreaterThan(0)
    expect(await figure('gatepost_streams')).toBe(0)
    expect(await figure('process_resident_memory_bytes')).toBeGreaterThan(1_000_000)
    const calls = await samples('gatepost_calls_total')
    expect(calls['{method="POST",route="/api/v1/push",status="200"}']).toBe(3)
  })

  it('names nobody: no id, no name, no address of a call', async () => {
    await start()
    const { here, guard } = await worked()
    await get(`/api/v1/installs/${v7()}?who=张三`)
    const { body } = await get(paths.metrics)
    for (const secret of [here.community, here.compound, here.gate, guard.id, '李四', '张三', '王主任'])
      expect(body, secret).not.toContain(secret)
    expect(body).not.toMatch(/[0-9a-f]{8}-[0-9a-f]{4}/)
  })

  it('is there for this machine only: for whoever comes by a proxy it does not exist', async () => {
    await start()
    expect((await get(paths.metrics)).statusCode).toBe(200)
    for (const name of ['x-forwarded-for', 'forwarded', 'via', 'x-real-ip'])
      expect((await get(paths.metrics, { [name]: '127.0.0.1' })).statusCode, name).toBe(404)
    const remote = await centre.app.inject({ url: paths.metrics, remoteAddress: '192.0.2.7' })
    expect([remote.statusCode, remote.json().type]).toEqual([404, 'gatepost:not-found'])
  })

  it('is there for whoever shows the token, and then for nobody else', async () => {
    await start({ metricsToken: 'a long secret' })
    const good = { authorization: 'Bearer a long secret', 'x-forwarded-for': '192.0.2.7' }
    expect((await get(paths.metrics, good)).statusCode).toBe(200)
    for (const wrong of ['Bearer a long secre', 'a long secret', ''])
      expect((await get(paths.metrics, { authorization: wrong })).statusCode).toBe(404)
    expect((await get(paths.metrics)).statusCode).toBe(404)
  })
})

describe('what a coordinator is told about the centre', () => {
  it('is of their own community, and how this server does', async () => {
    await start()
    const { here } = await worked()
    const answer = parse(Status, (await here.coordinator.ask({ url: paths.status })).json())
    expect(answer.community).toEqual({
      ...{ phones: 2, unsent: 7 - 3, unsentSince: centre.clock.now, received: 6 },
      ...{ aside: 1, held: 1 },
    })
    expect(answer.server).toMatchObject({ entries: 9, pushes: 3, streams: 0, shed: 0 })
    expect(answer.server.p99).toBeGreaterThanOrEqual(answer.server.p50 ?? Infinity)
    expect(answer.server.version).toMatch(/^\d+\.\d+\.\d+/)
    expect(answer.server.lag95).toBeGreaterThanOrEqual(90_000)
    expect(answer.storage).toMatchObject({ kind: 'sqlite', freeBytes: null, backupAt: null })
    expect(answer.storage.bytes).toBeGreaterThan(10_000)
  })
})
