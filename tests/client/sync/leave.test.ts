import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { paths } from '../../../src/protocol/api.ts'
import { passageDraft, passageDrafts } from '../../support/drafts.ts'
import { eventually, quiet } from '../../support/eventually.ts'
import { type FakeCentre, gateBook } from '../../support/fakeCentre.ts'
import { device, enrolledTab, openTab, type Device, type Tab } from '../../support/clientPhone.ts'
import { phoneAtCentre } from '../../support/phoneAtCentre.ts'

let phone: Device
let centre: FakeCentre
let tab: Tab

beforeEach(async () => {
  ;({ phone, centre } = await phoneAtCentre())
  tab = await enrolledTab(phone)
  await eventually('first sync', () => tab.status().firstSyncDone)
})
afterEach(() => tab.close())

const sent = (count: number) => eventually('sent', () => tab.status().received === count)
const rows = async () => {
  const { own, pages, segments, records, cursors, attention, keys } = tab.open.db
  const tables = [own, pages, segments, records, cursors, attention, keys]
  return (await Promise.all(tables.map((table) => table.count()))).reduce((sum, n) => sum + n, 0)
}

describe('signing this phone out', () => {
  it('(failure mode 33) is refused while an entry is unsent, and nothing is erased', async () => {
    phone.transport = device().transport
    await tab.open.store.save([passageDraft()])
    expect(await tab.sync.calls.leave()).toBe('unsent')
    expect(await tab.open.db.own.count()).toBe(1)
    expect(tab.open.identity.get()).not.toBeNull()
  })

  it('(failure mode 33) is refused for an entry that can never leave this phone, until the person has settled it', async () => {
    const line = JSON.stringify({ note: 'n'.repeat(300_000) })
    await tab.open.db.own.add({ id: 'too-large', logbook: gateBook, kind: 'passage', at: 0, line })
    await tab.open.store.save([passageDraft()])
    await eventually('put aside', () => tab.status().attention === 1 && tab.status().waiting === 0)
    expect(await tab.sync.calls.leave()).toBe('unsent')
    await tab.open.store.settleAttention(1)
    expect(await tab.sync.calls.leave()).not.toBe('unsent')
  })

  it('tells the centre, then takes everything off the phone, the trace outside the database too', async () => {
    const told: string[] = []
    const { send } = centre.transport
    const leaving: typeof send = (request) => {
      if (request.path !== paths.leave) return send(request)
      told.push(`${request.method} ${request.headers['authorization']?.slice(0, 7)}`)
      return Promise.resolve(centre.json(null))
    }
    phone.transport = { ...centre.transport, send: leaving }
    await tab.open.store.save(passageDrafts(3))
    await sent(3)
    expect(await tab.sync.calls.leave()).toBe('told')
    expect(told).toEqual(['POST Bearer '])
    expect(await rows()).toBe(0)
    await eventually('signed out', () => tab.status().state === 'signed-out')
    tab.close()
    tab = await openTab(phone)
    await eventually('read', () => tab.status().known)
    expect(tab.status()).toMatchObject({ state: 'signed-out', problem: null })
  })

  it('works without a network, and says that the centre does not know', async () => {
    phone.transport = device().transport
    expect(await tab.sync.calls.leave()).toBe('untold')
    expect(await rows()).toBe(0)
  })

  it('a first pull that was on its way, in this tab or another, is stored for nobody', async () => {
    centre.rows.set('gate/018f0000-0000-7000-8000-0000000000ff', [])
    let answer = (): void => undefined
    const { send } = centre.transport
    const slow: typeof send = async (request) => {
      const reply = await send(request)
      if (request.path.startsWith(`${paths.pull}?`)) await new Promise<void>((go) => (answer = go))
      return reply
    }
    phone.transport = { ...centre.transport, send: slow }
    tab.sync.control.tryNow()
    await eventually('asked', () => centre.asked.some(({ path }) => path.includes('0000000000ff')))
    await tab.sync.calls.leave()
    answer()
    await quiet()
    expect(await rows()).toBe(0)
  })

  it('[PG3] whoever comes next begins at 1', async () => {
    await tab.open.store.save(passageDrafts(3))
    await sent(3)
    await tab.sync.calls.leave()
    tab.close()
    tab = await enrolledTab(phone)
    await tab.open.store.save(passageDrafts(2))
    await eventually('sent', () => centre.entries.length === 5)
    const headers = [...centre.pages.values()].map(({ page }) => page.header)
    expect(headers.map(({ page, first, count, prev }) => [page, first, count, prev])).toEqual([
      [1, 1, 3, ''],
      [1, 1, 2, ''],
    ])
    expect(new Set(headers.map(({ install }) => install)).size).toBe(2)
  })
})
