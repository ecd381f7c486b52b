import { describe, expect, it, vi } from 'vitest'
import { storePulled } from '../../../src/client/store/pulled.ts'
import { mendStanding } from '../../../src/client/store/tend.ts'
import { passageDrafts } from '../../support/drafts.ts'
import { eventually } from '../../support/eventually.ts'
import { IDBFactory } from 'fake-indexeddb'
import { device, enrolledTab, openTab } from '../../support/clientPhone.ts'
import { homesBook } from '../../support/fakeCentre.ts'
import { phoneAtCentre } from '../../support/phoneAtCentre.ts'

describe('the status', () => {
  it('is signed-out before enrolment', async () => {
    const tab = await openTab(device())
    expect(tab.status()).toMatchObject({ state: 'signed-out', logged: 0, problem: null, persisted: null })
    tab.close()
  })

  it('goes waiting → sent with counts that can be checked', async () => {
    const { phone, centre } = await phoneAtCentre()
    const tab = await enrolledTab(phone)
    phone.transport = device().transport
    await tab.open.store.save(passageDrafts(37))
    await eventually('counted', () => tab.status().waiting === 37)
    expect(tab.status()).toMatchObject({ logged: 37, received: 0 })
    phone.transport = centre.transport
    tab.sync.control.tryNow()
    await eventually('sent', () => tab.status().state === 'sent')
    expect(tab.status()).toMatchObject({ logged: 37, received: 37, waiting: 0 })
    tab.close()
  })

  it.each([true, false])(
    '(failure mode 1) says what the browser answered when asked to persist: %s',
    async (persist) => {
      const { phone } = await phoneAtCentre()
      phone.persist = persist
      const tab = await enrolledTab(phone)
      await eventually('asked', () => tab.status().persisted === persist)
      expect(tab.status().estimate).toEqual({ usage: 1, quota: 2 })
      tab.close()
    },
  )

  it('(failure mode 5) says that what is new can’t be kept, in every tab, until it can', async () => {
    const { phone, centre } = await phoneAtCentre()
    let room = true
    const tab = await enrolledTab(phone, {
      storePulled: async (db, pulled) => {
        if (!room) throw new DOMException('', 'QuotaExceededError')
        return storePulled(db, pulled)
      },
    })
    const other = await openTab(phone)
    await eventually('first sync', () => tab.status().firstSyncDone)
    room = false
    const home = { kind: 'household', v: 1, logbook: homesBook, at: 1, by: 'another', record: 'a home' }
    centre.arrive({ ...home, id: 'an entry', body: { home: '1-1-101', people: [] } })
    tab.sync.control.tryNow()
    const full = { state: 'full', problem: 'storage-full' }
    for (const one of [tab, other]) {
      await eventually('said', () => one.status().state === 'full')
      expect(one.status()).toMatchObject(full)
    }
    room = true
    tab.sync.control.tryNow()
    for (const one of [tab, other]) await eventually('over', () => one.status().state === 'sent')
    expect([tab.status().problem, await tab.open.db.records.count()]).toEqual([null, 1])
    other.close()
    tab.close()
  })

  it('(failure mode 5) says so where the receipts of what was logged can’t be kept', async () => {
    const { phone } = await phoneAtCentre()
    const tab = await enrolledTab(phone)
    await eventually('first sync', () => tab.status().firstSyncDone)
    const { pages } = tab.open.db
    const full = vi.spyOn(pages, 'bulkUpdate').mockImplementation(() => {
      throw new DOMException('', 'QuotaExceededError')
    })
    await tab.open.store.save(passageDrafts(2))
    await eventually('said', () => tab.status().state === 'full')
    full.mockRestore()
    tab.sync.control.tryNow()
    await eventually('sent', () => tab.status().state === 'sent')
    expect(tab.status()).toMatchObject({ received: 2, waiting: 0, problem: null })
    tab.close()
  })

  it('(failure mode 2) a storage that has vanished is noticed and said, until the phone is enrolled again', async () => {
    const { phone } = await phoneAtCentre()
    const tab = await enrolledTab(phone)
    await eventually('mirrored', () => phone.mirror.text !== null)
    tab.close()
    phone.indexedDB = new IDBFactory()
    const again = await openTab(phone)
    await eventually('noticed', () => again.status().problem === 'storage-lost')
    expect(again.status().state).toBe('signed-out')
    again.close()
    const enrolled = await enrolledTab(phone)
    await eventually('clean', () => enrolled.status().problem === null)
    enrolled.close()
  })

  it('(failure mode 2) the notice of a lost storage goes when it was read, and stays away', async () => {
    const { phone } = await phoneAtCentre()
    const tab = await enrolledTab(phone)
    await eventually('mirrored', () => phone.mirror.text !== null)
    tab.close()
    phone.indexedDB = new IDBFactory()
    const again = await openTab(phone)
    await eventually('noticed', () => again.status().problem === 'storage-lost')
    await again.sync.control.dismiss()
    await eventually('gone', () => again.status().problem === null)
    again.close()
    const later = await openTab(phone)
    await eventually('read', () => later.status().known)
    expect(later.status().problem).toBeNull()
    later.close()
  })

  it('(failure mode 7) the notice of a new identity goes when it was read, in every tab, and nothing else with it', async () => {
    const { phone } = await phoneAtCentre()
    const [tab, other] = [await enrolledTab(phone), await openTab(phone)]
    await mendStanding(tab.open.db, { notice: 'renewed', tooOld: true })
    for (const one of [tab, other]) one.open.channel.tell({ topic: 'identity' })
    await eventually('said', () => other.status().problem === 'renewed')
    await tab.sync.control.dismiss()
    await eventually('gone', () => other.status().problem !== 'renewed')
    expect((await tab.open.db.meta.get('standing'))?.standing?.notice).toBeUndefined()
    tab.close()
    other.close()
  })

  it('[VE1] an app that is too old keeps everything and says so', async () => {
    const { phone, centre } = await phoneAtCentre()
    const tab = await enrolledTab(phone)
    const refuse = () => Promise.resolve(centre.problem('version-unsupported'))
    phone.transport = { ...centre.transport, send: refuse }
    await tab.open.store.save(passageDrafts(2))
    tab.sync.control.tryNow()
    await eventually('said', () => tab.status().problem === 'version-unsupported')
    expect(tab.status().waiting).toBe(2)
    tab.close()
  })
})

describe('enrolment', () => {
  const input = { token: 'sample-token-of-some-length', name: 'Sample', device: 'test' }

  it('[EN2] a lost answer: the same install and key again', async () => {
    const { phone, centre } = await phoneAtCentre()
    const tab = await openTab(phone)
    const bodies: string[] = []
    const send: typeof centre.transport.send = async (request) => {
      const reply = await centre.transport.send(request)
      if (request.path.endsWith('enrol') && bodies.push(String(request.body)) === 1) throw new Error('x')
      return reply
    }
    phone.transport = {
      ...centre.transport,
      send: (request) => send(request).catch(() => centre.problem('internal')),
    }
    expect(await tab.sync.calls.enrol(input)).toMatchObject({ ok: false, problem: 'internal' })
    expect(await tab.sync.calls.enrol(input)).toMatchObject({ ok: true })
    expect(new Set(bodies).size).toBe(1)
    tab.close()
  })

  it('a browser that can’t keep keys says so, and nothing was asked of the centre', async () => {
    const { phone, centre } = await phoneAtCentre()
    const tab = await openTab(phone)
    tab.open.db.keys.hook('creating', () => {
      throw new DOMException('', 'DataCloneError')
    })
    expect(await tab.sync.calls.enrol(input)).toEqual({ ok: false, problem: 'keys-unavailable' })
    expect(centre.asked).toEqual([])
    tab.close()
  })

  it('without a network says offline', async () => {
    const tab = await openTab(device())
    expect(await tab.sync.calls.enrol(input)).toEqual({ ok: false, problem: 'offline' })
    tab.close()
  })
})
