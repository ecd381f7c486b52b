import { IDBDatabase } from 'fake-indexeddb'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { SaveFailed } from '../../../src/client/store/index.ts'
import { failWrites, named } from '../../support/databaseFaults.ts'
import { eventually, quiet } from '../../support/eventually.ts'
import { homeDraft, passageDraft, passageDrafts } from '../../support/drafts.ts'
import { FakeCentre, gateBook, sampleMember } from '../../support/fakeCentre.ts'
import { device, enrolledTab, openTab, type Device, type Tab } from '../../support/clientPhone.ts'

let phone: Device
let tab: Tab

beforeEach(async () => {
  phone = device()
  const centre = await FakeCentre.open(() => phone.time.clock.now())
  phone.transport = centre.transport
  tab = await enrolledTab(phone)
  phone.transport = device().transport
})
afterEach(() => tab.close())

const lines = async () => (await tab.open.db.own.toArray()).map(({ line }) => line)

describe('a save', () => {
  it('stores the line exactly as it will be sealed, with author, version, time and offset', async () => {
    const [entry] = await tab.open.store.save([passageDraft()])
    expect(await lines()).toEqual([JSON.stringify(entry)])
    expect(entry).toMatchObject({ v: 1, by: sampleMember, logbook: gateBook, off: 0, offAge: 0 })
    expect(entry?.at).toBe(phone.time.clock.now())
  })

  it('[TI1] says how old its knowledge of the centre’s time is', async () => {
    phone.time.pass(90_000)
    const [entry] = await tab.open.store.save([passageDraft()])
    expect(entry?.offAge).toBe(90_000)
  })

  it('keeps a time that the draft brings: a paper sheet entered later', async () => {
    const [entry] = await tab.open.store.save([{ ...passageDraft(), at: 5 }])
    expect(entry?.at).toBe(5)
  })

  it('numbers without a gap, also from two tabs at once and after a failure', async () => {
    const other = await openTab(phone)
    failWrites(other.open.db, [{ when: 'before', error: named('QuotaExceededError') }])
    await expect(other.open.store.save(passageDrafts(3))).rejects.toThrow(SaveFailed)
    await Promise.all(
      [...passageDrafts(20)].map((draft, i) => (i % 2 ? tab : other).open.store.save([draft])),
    )
    const numbers = (await tab.open.db.own.toArray()).map(({ n }) => n)
    expect(numbers).toEqual(Array.from({ length: 20 }, (_, i) => i + 1))
    other.close()
  })

  it('is refused on a phone that is not enrolled', async () => {
    const stranger = await openTab(device())
    await expect(stranger.open.store.save([passageDraft()])).rejects.toMatchObject({ code: 'not-enrolled' })
    stranger.close()
  })
})

describe('an entry that no page could carry', () => {
  const long = (letters: number, letter = 'n') => passageDraft(letter.repeat(letters))

  it('[PG2] is refused when it is saved, and nothing of what was saved with it is stored', async () => {
    const drafts = [passageDraft(), long(300_000)]
    await expect(tab.open.store.save(drafts)).rejects.toMatchObject({ code: 'too-large' })
    const home = homeDraft('018f0000-0000-7000-8000-0000000000b1', { note: 'n'.repeat(300_000) })
    await expect(tab.open.store.save([passageDraft(), home])).rejects.toMatchObject({ code: 'too-large' })
    expect(await lines()).toEqual([])
    expect(await tab.open.db.records.count()).toBe(0)
  })

  it('[PG2] is measured in bytes: 90,000 Chinese characters are too many, 80,000 are not', async () => {
    await expect(tab.open.store.save([long(90_000, '门')])).rejects.toMatchObject({ code: 'too-large' })
    await tab.open.store.save([long(80_000, '门')])
    expect(await lines()).toHaveLength(1)
  })
})

describe('storage on the phone', () => {
  it('(failure mode 3) a lost connection is opened again and the tap is not lost', async () => {
    const error = named('UnknownError', 'Connection to Indexed Database server lost')
    failWrites(tab.open.db, [
      { when: 'before', error },
      { when: 'before', error },
    ])
    await tab.open.store.save([passageDraft()])
    expect(await lines()).toHaveLength(1)
  })

  it('(failure mode 3) a connection lost after the write does not double the entry', async () => {
    failWrites(tab.open.db, [{ when: 'after', error: named('UnknownError') }])
    const [entry] = await tab.open.store.save([passageDraft()])
    expect(await lines()).toEqual([JSON.stringify(entry)])
  })

  it('(failure mode 3) a connection that stays lost is said, after three attempts', async () => {
    const fault = { when: 'before' as const, error: named('UnknownError') }
    const faults = [fault, fault, fault, fault]
    failWrites(tab.open.db, faults)
    await expect(tab.open.store.save([passageDraft()])).rejects.toMatchObject({ code: 'unavailable' })
    expect(faults).toHaveLength(1)
  })

  it('(failure mode 4) asks for strict durability', async () => {
    const begin = vi.spyOn(IDBDatabase.prototype, 'transaction')
    const other = await openTab(phone)
    begin.mockClear()
    await other.open.store.save([passageDraft()])
    const writes = begin.mock.calls.filter(([, mode]) => mode === 'readwrite')
    const options: unknown[] = writes.map((call: readonly unknown[]) => call[2])
    begin.mockRestore()
    expect(options.length).toBeGreaterThan(0)
    expect(new Set(options.map((option) => JSON.stringify(option)))).toEqual(
      new Set(['{"durability":"strict"}']),
    )
    other.close()
  })

  it('(failure mode 5) a full disk is told as such, and nothing is half-written', async () => {
    failWrites(tab.open.db, [{ when: 'within', error: named('QuotaExceededError') }])
    await expect(tab.open.store.save(passageDrafts(5))).rejects.toMatchObject({ code: 'full' })
    expect(await lines()).toEqual([])
  })

  it('(failure mode 6) another tab that upgrades closes this one, which says so', async () => {
    const upgrade = phone.indexedDB.open('gatepost', 999)
    await new Promise((done) => upgrade.addEventListener('success', done))
    upgrade.result.close()
    await expect(tab.open.store.save([passageDraft()])).rejects.toMatchObject({ code: 'unavailable' })
    expect(tab.open.problem.get()).toBe('database-newer')
  })

  it('(failure mode 6) an old app that meets a newer database says so, and touches nothing', async () => {
    tab.close()
    const upgrade = phone.indexedDB.open('gatepost', 999)
    await new Promise((done) => upgrade.addEventListener('success', done))
    upgrade.result.close()
    const old = await openTab(phone)
    expect(old.status().problem).toBe('database-newer')
    await expect(old.open.store.save([passageDraft()])).rejects.toMatchObject({ code: 'unavailable' })
    const again = phone.indexedDB.open('gatepost')
    await new Promise((done) => again.addEventListener('success', done))
    expect(again.result.version).toBe(999)
    again.result.close()
    old.close()
  })

  it('(failure mode 6) a frozen tab of an older version that does not make way is said, until it is gone', async () => {
    const old = device()
    const opening = old.indexedDB.open('gatepost', 10)
    await new Promise((done) => opening.addEventListener('success', done))
    let waiting: Tab | null = null
    const coming = openTab(old).then((opened) => (waiting = opened))
    await quiet()
    expect(waiting).toBeNull()
    old.time.pass(5_000)
    const opened = await coming
    expect(opened.status().problem).toBe('storage-unavailable')
    opening.result.close()
    await eventually('open', () => opened.status().problem === null)
    opened.close()
  })
})
