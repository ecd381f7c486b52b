import { decodeJwt } from 'jose'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { Entry } from '../../../src/domain/entry.ts'
import { paths } from '../../../src/protocol/api.ts'
import { getMeta, putMeta, type GatepostDb } from '../../../src/client/store/database.ts'
import { becomes } from '../../../src/client/store/personal.ts'
import { storePulled, type Pulled } from '../../../src/client/store/pulled.ts'
import { become } from '../../../src/client/store/turns.ts'
import type { Identity } from '../../../src/client/store/types.ts'
import { toText } from '../../../src/client/platform/encoding.ts'
import { TransportFailed } from '../../../src/client/platform/transport.ts'
import { upkeep } from '../../../src/client/sync/upkeep.ts'
import { homeDraft, passageDraft } from '../../support/drafts.ts'
import { eventually, quiet } from '../../support/eventually.ts'
import { type FakeCentre, gateBook, homesBook } from '../../support/fakeCentre.ts'
import { enrolledTab, openTab, type Device, type Tab } from '../../support/clientPhone.ts'
import { phoneAtCentre } from '../../support/phoneAtCentre.ts'

let phone: Device
let centre: FakeCentre
let tab: Tab

const household: Entry = {
  id: '018f0000-0000-7000-8000-0000000000e1',
  kind: 'household',
  v: 1,
  logbook: homesBook,
  at: 1,
  by: '018f0000-0000-7000-8000-0000000000c1',
  record: '018f0000-0000-7000-8000-0000000000f1',
  body: { home: '1-1-1', people: [] },
}

beforeEach(async () => {
  ;({ phone, centre } = await phoneAtCentre())
  centre.arrive(household)
})
afterEach(() => tab.close())

const enrol = async (more: Parameters<typeof enrolledTab>[1] = {}) => {
  tab = await enrolledTab(phone, more)
  await eventually('first sync', () => tab.status().firstSyncDone)
  await quiet()
}
const records = () => tab.open.db.records.count()
const whoIs = (): Identity => {
  const who = tab.open.identity.get()
  if (!who) throw new Error('nobody is enrolled')
  return who
}
/** Requests for which this holds find no network. */
function lose(isLost: (path: string) => boolean) {
  const send: typeof centre.transport.send = (request) =>
    isLost(request.path) ? Promise.reject(new TransportFailed('offline')) : centre.transport.send(request)
  phone.transport = { ...centre.transport, send }
}

describe('a logbook that the phone no longer holds', () => {
  it('[SC2] [EP2] leaves it also where it was lost along with a restore, which takes the cursors', async () => {
    await enrol()
    centre.epoch = 'epoch-2'
    centre.rows.delete(homesBook)
    tab.sync.control.tryNow()
    await quiet()
    phone.time.pass(3_000)
    await eventually('taken off', async () => (await records()) === 0)
  })

  it('[SC2] is taken off at the next attempt where the storage did not answer', async () => {
    await enrol()
    centre.rows.delete(homesBook)
    const broken = vi.spyOn(tab.open.db.segments, 'orderBy').mockImplementationOnce(() => {
      throw new DOMException('lost', 'UnknownError')
    })
    tab.sync.control.tryNow()
    await eventually('failed', () => broken.mock.calls.length > 0)
    await quiet()
    phone.time.pass(3_000)
    await eventually('taken off', async () => (await records()) === 0)
  })

  it('[SC2] takes own patches along that were sent', async () => {
    await enrol()
    lose((path) => path.startsWith(paths.pull))
    await tab.open.store.save([homeDraft(household.record ?? '', { heads: 3 })])
    await eventually('sent', () => tab.status().received === 1)
    centre.rows.delete(homesBook)
    phone.transport = centre.transport
    tab.sync.control.tryNow()
    await eventually('taken off', async () => (await records()) === 0)
  })

  it('[SC2] is held again as it is seen then, whatever of it was still here', async () => {
    centre.seenAs.set(homesBook, 'gridWorker')
    await enrol()
    lose((path) => path === paths.push)
    await tab.open.store.save([homeDraft(household.record ?? '', { heads: 3 })])
    const rows = centre.rows.get(homesBook) ?? []
    centre.rows.delete(homesBook)
    tab.sync.control.tryNow()
    await eventually('lost', () => whoIs().logbooks.length === 1)
    const [row] = rows
    if (row) row.entry = { ...row.entry, body: { home: '1-1-*', people: [] } }
    centre.rows.set(homesBook, rows)
    centre.seenAs.set(homesBook, 'guard')
    tab.sync.control.tryNow()
    const shown = async () => (await tab.open.store.docs('household')).map(({ body }) => body)
    await eventually('seen anew', async () => (await shown())[0]?.home === '1-1-*')
    expect(await shown()).toMatchObject([{ heads: 3 }])
  })
})

describe('what a first pull brings', () => {
  /** The first pull of the homes comes when the phone has changed. */
  async function meanwhile(change: (db: GatepostDb, who: Identity) => PromiseLike<unknown>) {
    const stored: boolean[] = []
    const late = async (db: GatepostDb, pulled: Pulled) => {
      const isFirst = pulled.logbook === homesBook && stored.length === 0
      if (!isFirst) return storePulled(db, pulled)
      await change(db, whoIs())
      stored.push(await storePulled(db, pulled))
      return false
    }
    centre.seenAs.set(homesBook, 'gridWorker')
    tab = await openTab(phone, { storePulled: late })
    const input = { token: 'sample-token-of-some-length', name: 'Sample', device: 'test' }
    expect(await tab.sync.calls.enrol(input)).toMatchObject({ ok: true })
    await eventually('came', () => stored.length > 0)
    return stored
  }

  it('[SC5] is not stored where another role has come to see it meanwhile', async () => {
    const stored = await meanwhile((db, who) => {
      const logbooks = who.logbooks.map((held) => ({ ...held, seenAs: 'guard' }))
      return becomes(db, { ...who, logbooks }, [homesBook])
    })
    expect(stored).toEqual([false])
  })

  it('[EP2] is not stored where the centre was restored meanwhile', async () => {
    const stored = await meanwhile(async (db) => {
      const before = await getMeta(db, 'centre')
      if (before) await putMeta(db, { centre: { ...before, epoch: 'epoch-2' } })
    })
    expect(stored).toEqual([false])
  })

  it('[PL9] that nobody can read is kept once, however often it comes from the beginning', async () => {
    await enrol()
    const { db } = tab.open
    await db.unread.add({ logbook: homesBook, line: 'of a pull before' })
    await db.cursors.delete(homesBook)
    tab.sync.control.tryNow()
    await eventually('pulled anew', async () => (await db.cursors.get(homesBook)) !== undefined)
    expect(await db.unread.count()).toBe(0)
  })
})

describe('a phone that was signed out', () => {
  it('is not enrolled again by an answer that was on its way', async () => {
    await enrol()
    const who = whoIs()
    expect(await tab.sync.calls.leave()).not.toBe('failed')
    const { db } = tab.open
    expect(await becomes(db, { ...who, name: 'Another name' }, [])).toBe(false)
    const renewed = await become(db, {
      identity: { ...who, install: 'another' },
      centre: { serverKey: centre.serverKey, epoch: centre.epoch },
      standing: {},
      unsent: 'reseal',
      instead: who.install,
    })
    expect(renewed).toBe(false)
    expect(await getMeta(db, 'identity')).toBeUndefined()
  })

  it('takes no entry any more from a tab that has not heard of it, which says so', async () => {
    await enrol()
    const deaf = await openTab(phone)
    for (const listeners of phone.tabs.values()) listeners.clear()
    expect(await tab.sync.calls.leave()).not.toBe('failed')
    const drafts = [passageDraft(), homeDraft(household.record ?? '', { heads: 3 })]
    const saves = await Promise.allSettled(drafts.map((draft) => deaf.open.store.save([draft])))
    const refused = { status: 'rejected', reason: { code: 'not-enrolled' } }
    expect(saves).toMatchObject([refused, refused])
    expect(await tab.open.db.own.count()).toBe(0)
    await eventually('it knows', () => deaf.open.identity.get() === null)
    deaf.close()
  })

  it('(failure mode 2) nor where the browser has emptied the storage under the open app', async () => {
    await enrol()
    tab.open.db.close({ disableAutoOpen: false })
    const emptied = phone.indexedDB.deleteDatabase('gatepost')
    await new Promise((done) => emptied.addEventListener('success', done))
    await expect(tab.open.store.save([passageDraft()])).rejects.toMatchObject({ code: 'not-enrolled' })
    expect(await tab.open.db.own.count()).toBe(0)
  })
})

describe('a phone that somebody else has enrolled on', () => {
  const next = { member: '018f0000-0000-7000-8000-0000000000c9', name: 'Next guard' }

  /** Somebody else enrols while what was asked before is on its way; gives the answer free. */
  async function meanwhileNext(what: string): Promise<() => void> {
    await enrol()
    if (what === paths.renew) await putMeta(tab.open.db, { standing: { renew: 'renewed' } })
    const { install } = whoIs()
    const { promise: late, resolve: release } = Promise.withResolvers<void>()
    let asked = 0
    const send: typeof centre.transport.send = async (request) => {
      const { path, headers } = request
      const of = path === paths.enrol ? null : decodeJwt((headers['authorization'] ?? '').slice(7)).iss
      if (path.startsWith(what) && of === install && ++asked === 1) await late
      const reply = await centre.transport.send(request)
      const isNext = of !== install && (path === paths.enrol || path.startsWith(paths.scope))
      return isNext ? centre.json({ ...JSON.parse(toText(reply.bytes)), ...next }) : reply
    }
    phone.transport = { ...centre.transport, send }
    tab.sync.control.tryNow()
    await eventually('asked', () => asked === 1)
    const input = { token: 'another-token-of-length', name: next.name, device: 'test' }
    expect(await tab.sync.calls.enrol(input)).toMatchObject({ ok: true })
    return release
  }

  it.each([
    ['a scope', paths.scope],
    ['a renewal', paths.renew],
  ])('is not taken for whose it was by %s that was on its way', async (_name, path) => {
    const release = await meanwhileNext(path)
    const members = new Set<string>()
    tab.open.identity.subscribe((who) => void members.add(who?.member ?? ''))
    release()
    await quiet(200)
    expect([...members]).toEqual([next.member])
  })

  it('is not shut out by a refusal of whose it was', async () => {
    const states = new Set<string>()
    const release = await meanwhileNext(paths.scope)
    for (const [id, install] of centre.installs) if (id !== whoIs().install) install.status = 'revoked'
    tab.sync.control.status.subscribe(({ state }) => states.add(state))
    release()
    await quiet(200)
    expect([...states]).not.toContain('revoked')
  })
})

describe('[AU3] a phone that is revoked', () => {
  const revoke = () => {
    for (const install of centre.installs.values()) install.status = 'revoked'
  }

  it('learns it from any pull, and erases what it pulled; screens are told once', async () => {
    await enrol()
    let told = 0
    tab.open.channel.listen(({ topic }) => (told += topic === 'forgotten' ? 1 : 0))
    revoke()
    centre.poke({ logbook: gateBook, seq: 99 })
    await quiet()
    phone.time.pass(3_000)
    await eventually('erased', async () => (await records()) === 0)
    await eventually('said', () => tab.status().state === 'revoked')
    phone.time.pass(120_000)
    await quiet()
    expect(told).toBe(1)
  })

  it('learns it from the stream that is not opened any more', async () => {
    await enrol()
    revoke()
    const refusal = centre.problem('install-revoked')
    async function* chunks() {
      yield toText(refusal.bytes)
    }
    phone.transport = { ...centre.transport, open: async () => ({ ...refusal, chunks: chunks() }) }
    // The stream has been silent for too long, and nobody has looked yet.
    phone.time.pass(46_000)
    await eventually('erased', async () => (await records()) === 0)
  })
})

describe('the lease', () => {
  it('ends also where what is past its time can’t be tidied away', async () => {
    await enrol()
    tab.open.keeper.slept()
    phone.time.set(phone.time.clock.now() + 8 * 86_400_000)
    const broken = vi.spyOn(tab.open.db.pages, 'where').mockImplementation(() => {
      throw new DOMException('full', 'QuotaExceededError')
    })
    await expect(upkeep(tab)).rejects.toThrow('full')
    broken.mockRestore()
    expect(await records()).toBe(0)
  })

  it('is told to the screens when something has gone, and not again', async () => {
    centre.arrive({ ...household, id: 'place', record: 'place', kind: 'place', body: { name: 'Sample' } })
    await enrol()
    let told = 0
    tab.open.channel.listen(({ topic }) => (told += topic === 'forgotten' ? 1 : 0))
    tab.open.keeper.slept()
    phone.time.set(phone.time.clock.now() + 8 * 86_400_000)
    await upkeep(tab)
    await upkeep(tab)
    expect(told).toBe(1)
    expect(await records()).toBe(1)
  })
})

describe('a renewal', () => {
  it('[FO2] [PU12] leaves pages alone that another install of this phone has sealed', async () => {
    await enrol()
    lose((path) => path === paths.push)
    await tab.open.store.save([passageDraft()])
    await eventually('sealed', async () => (await tab.open.db.pages.count()) === 1)
    const { db } = tab.open
    const first = whoIs()
    const centreKeys = { serverKey: centre.serverKey, epoch: centre.epoch }
    const arrival = { centre: centreKeys, standing: {} }
    await become(db, { ...arrival, identity: { ...first, install: 'second' }, unsent: 'keep' })
    const third = { ...first, install: 'third' }
    await become(db, { ...arrival, identity: third, unsent: 'reseal', instead: 'second' })
    expect((await db.pages.toArray()).map(({ install }) => install)).toEqual([first.install])
    expect((await getMeta(db, 'chain'))?.sealedThrough).toBe(1)
  })
})
