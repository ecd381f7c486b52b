import { describe, expect, it } from 'vitest'
import { openStore } from '../../../src/client/store/open.ts'
import { codeAgainMs, createLaterSync } from '../../../src/client/sync/laterSync.ts'
import type { SyncStatus } from '../../../src/client/sync/status.ts'
import { passageDrafts } from '../../support/drafts.ts'
import { eventually } from '../../support/eventually.ts'
import { platformOf, type Device } from '../../support/clientPhone.ts'
import { phoneAtCentre } from '../../support/phoneAtCentre.ts'

const engine = () => import('../../../src/client/sync/engine.ts')
const enrolment = { token: 'sample-token-of-some-length', name: 'Sample guard', device: 'test' }

/** A tab whose sync comes by `code`; `seen` is its status. */
async function laterTab(phone: Device, code = engine) {
  const platform = platformOf(phone)
  const open = await openStore(platform, 'gatepost')
  const sync = createLaterSync({ platform, open, appVersion: '0.1.0' }, code)
  const seen: { status: SyncStatus | null } = { status: null }
  sync.control.status.subscribe((status) => (seen.status = status))
  const close = () => {
    sync.stop()
    open.close()
  }
  return { open, sync, seen, close }
}

describe('sync whose code comes later', () => {
  it('knows the status without it, then sends', async () => {
    const { phone } = await phoneAtCentre()
    let came = 0
    const { open, sync, seen, close } = await laterTab(phone, () => {
      came += 1
      return engine()
    })
    await eventually('known', () => seen.status?.known === true)
    expect(seen.status).toMatchObject({ state: 'signed-out', logged: 0 })
    expect(came).toBe(0)
    expect(await sync.calls.enrol(enrolment)).toMatchObject({ ok: true })
    sync.start()
    sync.start()
    await open.store.save(passageDrafts(3))
    await eventually('sent', () => seen.status?.state === 'sent' && seen.status.received === 3)
    expect(came).toBe(1)
    close()
  })

  it('says that there is no answer where it does not come, and asks for it again', async () => {
    const { phone } = await phoneAtCentre()
    let isThere = false
    const { sync, seen, close } = await laterTab(phone, () =>
      isThere ? engine() : Promise.reject(new Error('did not come')),
    )
    sync.start()
    expect(await sync.calls.preview(enrolment.token)).toEqual({ ok: false, problem: 'offline' })
    expect(await sync.calls.leave()).toBe('failed')
    await expect(sync.calls.guards()).rejects.toThrow('did not come')
    isThere = true
    expect(await sync.calls.enrol(enrolment)).toMatchObject({ ok: true })
    phone.time.pass(codeAgainMs)
    await eventually('in contact', () => seen.status?.state === 'sent' && seen.status.lastContactAt !== null)
    close()
  })

  it('that was stopped does not start when it comes', async () => {
    const { phone } = await phoneAtCentre()
    const code = Promise.withResolvers<Awaited<ReturnType<typeof engine>>>()
    const { sync, close } = await laterTab(phone, () => code.promise)
    sync.start()
    close()
    const heard = phone.happen.size
    code.resolve(await engine())
    await sync.calls.leave()
    expect(phone.happen.size).toBe(heard)
  })
})
