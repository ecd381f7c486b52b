import { afterEach, describe, expect, it } from 'vitest'
import { paths } from '../../../src/protocol/api.ts'
import { StorageUnavailable } from '../../../src/server/storage/errors.ts'
import { testCentre, type TestCentre } from '../../support/testCentre.ts'

let centre: TestCentre | undefined
afterEach(() => centre?.end())

describe('a disk that is full at run time', () => {
  it('is said with a time to come back; nothing was stored and the phone’s next try succeeds (failure mode 5)', async () => {
    centre = await testCentre()
    const here = await centre.found()
    const { storage } = centre.services
    const write = storage.write
    const page = here.coordinator.seal([
      { kind: 'reading', logbook: here.gate, body: { post: here.post, celsius: 36.5, fever: false } },
    ])
    storage.write = () => Promise.reject(new StorageUnavailable('full'))
    const refused = await here.coordinator.send([page])
    expect(refused.statusCode).toBe(503)
    expect(refused.json()).toMatchObject({ type: 'gatepost:storage-unavailable', retryAfter: 60 })
    expect(refused.headers['retry-after']).toBe('60')
    storage.write = write
    expect((await here.coordinator.send([page])).json().pages[0].status).toBe('stored')
  })

  it('does not keep phones from reading', async () => {
    centre = await testCentre()
    const here = await centre.found()
    centre.services.storage.write = () => Promise.reject(new StorageUnavailable('full'))
    centre.clock.now += 30_000
    expect((await here.coordinator.ask({ url: paths.scope })).statusCode).toBe(200)
    centre.clock.now += 3_600_000
    expect((await here.coordinator.ask({ url: paths.scope })).statusCode).toBe(200)
  })

  it('shows in /healthz when the database can’t even be read', async () => {
    centre = await testCentre()
    expect((await centre.app.inject(paths.health)).json()).toMatchObject({ ok: true })
    centre.services.storage.communities = () => Promise.reject(new StorageUnavailable('io'))
    expect((await centre.app.inject(paths.health)).statusCode).toBe(503)
  })
})
