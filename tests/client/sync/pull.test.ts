import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Entry, Fact } from '../../../src/domain/entry.ts'
import { paths } from '../../../src/protocol/api.ts'
import { toText } from '../../../src/client/platform/encoding.ts'
import { TransportFailed } from '../../../src/client/platform/transport.ts'
import { storePulled } from '../../../src/client/store/pulled.ts'
import { passageDraft } from '../../support/drafts.ts'
import { eventually, quiet } from '../../support/eventually.ts'
import { type FakeCentre, gateBook, homesBook, samplePost } from '../../support/fakeCentre.ts'
import { enrolledTab, openTab, type Device, type Tab } from '../../support/clientPhone.ts'
import { phoneAtCentre } from '../../support/phoneAtCentre.ts'

let phone: Device
let centre: FakeCentre
let tab: Tab | null = null

beforeEach(async () => {
  ;({ phone, centre } = await phoneAtCentre())
})
afterEach(() => tab?.close())

let made = 0
const passage = (): Entry => ({
  id: `018f0000-0000-7000-8000-${String(++made).padStart(12, '0')}`,
  kind: 'passage',
  v: 1,
  logbook: gateBook,
  at: phone.time.clock.now() + made,
  by: '018f0000-0000-7000-8000-0000000000c1',
  body: { post: samplePost, way: 'in', subject: 'person', how: 'none', decision: 'admit' },
})
const home = (n: number): Entry => ({
  ...passage(),
  kind: 'household',
  logbook: homesBook,
  record: `018f0000-0000-7000-8000-${String(n).padStart(12, 'a')}`,
  body: { home: `1-1-${n}`, people: [] },
})

/** Everything reaches the centre but pushes. */
function refusePushes() {
  const send: typeof centre.transport.send = (request) =>
    request.path === paths.push
      ? Promise.reject(new TransportFailed('offline'))
      : centre.transport.send(request)
  phone.transport = { ...centre.transport, send }
}

/** All facts of the gate as a new follower sees them. */
const read = (from: Tab): Promise<Fact[]> =>
  new Promise((done) => {
    const stop = from.open.store.followFacts(gateBook, 0, (facts) => {
      queueMicrotask(() => stop())
      done(facts)
    })
  })

describe('a pull', () => {
  it('[PL4] (failure mode 30) a first sync is complete only at its last page', async () => {
    centre.pullLimit = 10
    for (let i = 0; i < 35; i++) centre.arrive(passage())
    let pages = 0
    const send: typeof centre.transport.send = async (request) => {
      if (request.path.includes('gate') && ++pages > 2) throw new TransportFailed('offline')
      return centre.transport.send(request)
    }
    phone.transport = { ...centre.transport, send }
    tab = await enrolledTab(phone)
    await eventually('interrupted', () => pages === 3)
    await quiet()
    expect(tab.status().firstSyncDone).toBe(false)
    tab.close()
    phone.transport = centre.transport
    tab = await openTab(phone)
    await eventually('complete', () => tab?.status().firstSyncDone === true)
    expect(await read(tab)).toHaveLength(35)
  })

  it('[PL3] (failure mode 24) rows and cursor are stored together or not at all', async () => {
    tab = await enrolledTab(phone)
    await eventually('first sync', () => tab?.status().firstSyncDone === true)
    const { db } = tab.open
    const before = await db.cursors.get(gateBook)
    const head = {
      v: 1,
      epoch: 'epoch-1',
      logbook: gateBook,
      next: 'y',
      seq: 9,
      more: false,
      time: 1,
      facts: 1,
      docs: 1,
    }
    const bad = {
      head,
      factLines: ['{"s":1}'],
      docLines: [JSON.stringify({ s: 1, t: 1, kind: 'x', id: 'y', doc: {} })],
    }
    db.records.hook('creating', () => {
      throw new DOMException('', 'QuotaExceededError')
    })
    const pulled = { logbook: gateBook, install: '', after: before?.next ?? null, answer: bad, arrivedAt: 1 }
    const stored = await Promise.resolve(storePulled(db, pulled)).catch(() => 'failed')
    expect(stored).toBe('failed')
    expect(await db.cursors.get(gateBook)).toEqual(before)
    expect(await db.segments.count()).toBe(0)
  })

  it('an answer to a cursor that another tab has moved meanwhile is not stored twice', async () => {
    centre.arrive(passage())
    tab = await enrolledTab(phone)
    await eventually('first sync', () => tab?.status().firstSyncDone === true)
    const { db } = tab.open
    const head = {
      v: 1,
      epoch: 'epoch-1',
      logbook: gateBook,
      next: 'z',
      seq: 1,
      more: false,
      time: 1,
      facts: 1,
      docs: 0,
    }
    const pulled = {
      logbook: gateBook,
      install: tab.open.identity.get()?.install ?? '',
      after: null,
      answer: { head, factLines: ['{"s":1}'], docLines: [] },
      arrivedAt: 1,
    }
    expect(await storePulled(db, pulled)).toBe(false)
    expect((await db.segments.toArray()).map(({ count }) => count)).toEqual([1])
  })

  it('[EV1] comes at once after a poke', async () => {
    tab = await enrolledTab(phone)
    await eventually('first sync', () => tab?.status().firstSyncDone === true)
    const got: Fact[] = []
    tab.open.store.followFacts(gateBook, 0, (facts) => got.push(...facts))
    const entry = passage()
    centre.arrive(entry)
    centre.poke({ logbook: gateBook, seq: 1 })
    await eventually('arrived', () => got.length === 1)
    expect(got[0]).toMatchObject({ id: entry.id, seq: 1, state: 'sent', mine: false })
  })

  it('[EV2] comes within a minute without any poke', async () => {
    tab = await enrolledTab(phone)
    await eventually('first sync', () => tab?.status().firstSyncDone === true)
    await quiet()
    centre.arrive(passage())
    await quiet()
    expect(await read(tab)).toHaveLength(0)
    phone.time.pass(60_000)
    const from = tab
    await eventually('arrived', async () => (await read(from)).length === 1)
  })

  it('[PL5] a cursor that the centre does not take starts that logbook afresh', async () => {
    for (let i = 0; i < 3; i++) centre.arrive(passage())
    centre.arrive(home(1))
    tab = await enrolledTab(phone)
    await eventually('first sync', () => tab?.status().firstSyncDone === true)
    const { db } = tab.open
    await db.cursors.update(gateBook, { next: `older.${gateBook}.1` })
    const entry = passage()
    centre.arrive(entry)
    tab.sync.control.tryNow()
    const from = tab
    await eventually('afresh', async () => (await read(from)).length === 4)
    expect((await db.segments.toArray()).map(({ count }) => count)).toEqual([4])
    expect(await tab.open.store.docs('household')).toHaveLength(1)
  })

  it('[EP2] after a restore, documents that the centre no longer has are gone, others stay', async () => {
    const [first, second] = [home(1), home(2)]
    centre.arrive(first)
    centre.arrive(second)
    tab = await enrolledTab(phone)
    await eventually('first sync', () => tab?.status().firstSyncDone === true)
    expect(await tab.open.store.docs('household')).toHaveLength(2)
    centre.epoch = 'epoch-2'
    centre.rows.set(homesBook, [])
    centre.arrive(first)
    tab.sync.control.tryNow()
    const { store } = tab.open
    await eventually('as the centre', async () => (await store.docs('household')).length === 1)
    expect((await store.docs('household'))[0]?.id).toBe(first.record)
  })

  it('live facts are joined into few rows', async () => {
    tab = await enrolledTab(phone)
    await eventually('first sync', () => tab?.status().firstSyncDone === true)
    const from = tab
    for (let i = 1; i <= 40; i++) {
      centre.arrive(passage())
      centre.poke({ logbook: gateBook, seq: i })
      await eventually('arrived', async () => (await from.open.db.cursors.get(gateBook))?.seq === i)
    }
    expect(await tab.open.db.segments.count()).toBe(1)
    expect((await read(tab)).map(({ seq }) => seq)).toEqual(Array.from({ length: 40 }, (_, i) => i + 1))
  })

  it('one logbook that fails does not keep the others from coming', async () => {
    centre.arrive(passage())
    centre.arrive(home(1))
    const send: typeof centre.transport.send = (request) =>
      request.path.startsWith(paths.pull) && request.path.includes('gate')
        ? Promise.resolve(centre.problem('internal'))
        : centre.transport.send(request)
    phone.transport = { ...centre.transport, send }
    tab = await enrolledTab(phone)
    const { store } = tab.open
    await eventually('homes', async () => (await store.docs('household')).length === 1)
  })
})

describe('a phone that was closed', () => {
  const pulls = () => centre.asked.filter(({ path }) => path.startsWith(paths.pull)).length

  /** So many passages and a home arrive while the app is closed; it is opened again. */
  async function away(passages: number, more: Parameters<typeof openTab>[1] = {}): Promise<Tab> {
    tab = await enrolledTab(phone)
    await eventually('first sync', () => tab?.status().firstSyncDone === true)
    await quiet()
    tab.close()
    for (let i = 0; i < passages; i++) centre.arrive(passage())
    centre.arrive(home(1))
    centre.asked = []
    tab = await openTab(phone, more)
    return tab
  }

  async function caughtUp(from: Tab, passages: number) {
    await eventually('caught up', async () => (await read(from)).length === passages)
    await eventually('homes too', async () => (await from.open.store.docs('household')).length === 1)
    await quiet()
    expect((await read(from)).map(({ seq }) => seq)).toEqual(
      Array.from({ length: passages }, (_, i) => i + 1),
    )
  }

  it('[SC4] has small news with the scope, without a pull', async () => {
    await caughtUp(await away(30), 30)
    expect(pulls()).toBe(0)
  })

  it('[SC4] pulls what is left of much news', async () => {
    centre.newsLimit = 10
    await caughtUp(await away(35), 35)
    expect(pulls()).toBe(1)
  })

  it('[SC4] pulls all of it from a centre that sends none, or sends what is no answer', async () => {
    centre.newsLimit = null
    await caughtUp(await away(5), 5)
    expect(pulls()).toBe(2)
    const before = centre.transport.send
    const cut: typeof before = async (request) => {
      const reply = await before(request)
      const isScope = request.path.startsWith(paths.scope)
      return isScope
        ? centre.json({ ...JSON.parse(toText(reply.bytes)), news: ['<html>', '{}\nend'] })
        : reply
    }
    phone.transport = { ...centre.transport, send: cut }
    centre.arrive(passage())
    tab?.sync.control.tryNow()
    if (tab) await caughtUp(tab, 6)
  })

  it('[SC4] [PL3] news that could not be stored is pulled', async () => {
    let failures = 0
    const failing: typeof storePulled = (db, pulled) =>
      ++failures <= 2 ? Promise.reject(new Error('the disk is full')) : storePulled(db, pulled)
    await caughtUp(await away(5, { storePulled: failing }), 5)
    expect(pulls()).toBe(2)
  })
})

describe('what the phone may hold', () => {
  it('(failure mode 28) [SC2] a logbook that is new in the scope comes from its beginning', async () => {
    const homes = centre.rows.get(homesBook) ?? []
    centre.rows.delete(homesBook)
    tab = await enrolledTab(phone)
    await eventually('first sync', () => tab?.status().firstSyncDone === true)
    centre.rows.set(homesBook, homes)
    centre.arrive(home(1))
    centre.poke({ scope: true })
    const { store } = tab.open
    await eventually('gained', async () => (await store.docs('household')).length === 1)
  })

  it('(failure mode 29) [SC2] a lost logbook is taken off once its unsent entries were sent', async () => {
    centre.arrive(passage())
    centre.arrive(home(1))
    tab = await enrolledTab(phone)
    await eventually('first sync', () => tab?.status().firstSyncDone === true)
    const { store, db } = tab.open
    refusePushes()
    const [own] = await store.save([passageDraft()])
    const rows = centre.rows.get(gateBook) ?? []
    centre.rows.delete(gateBook)
    tab.sync.control.tryNow()
    await eventually('scope taken in', () => tab?.open.identity.get()?.logbooks.length === 1)
    await quiet()
    expect(await db.segments.count()).toBe(1)
    phone.transport = centre.transport
    tab.sync.control.tryNow()
    await eventually('taken off', async () => (await db.segments.count()) === 0)
    expect(centre.entries.map(({ id }) => id)).toContain(own?.id)
    expect(await store.docs('household')).toHaveLength(1)
    expect(rows).toHaveLength(1)
  })

  it('[SC5] seen by another role, a logbook is pulled anew; what is one’s own and unsent stays', async () => {
    centre.arrive(passage())
    centre.arrive(home(1))
    centre.seenAs.set(homesBook, 'gridWorker')
    tab = await enrolledTab(phone)
    await eventually('first sync', () => tab?.status().firstSyncDone === true)
    const { store, db } = tab.open
    refusePushes()
    const body = { note: 'ring twice' }
    await store.save([{ kind: 'household', logbook: homesBook, record: home(1).record ?? '', body }])
    const gate = await db.cursors.get(gateBook)
    // The centre masks from now on.
    const [row] = centre.rows.get(homesBook) ?? []
    if (row) row.entry = { ...row.entry, body: { home: '1-1-*', people: [] } }
    const shown = async () => (await store.docs('household')).map((doc) => doc.body)
    tab.sync.control.tryNow()
    await quiet()
    expect(await shown()).toMatchObject([{ home: '1-1-1', ...body }])
    centre.seenAs.set(homesBook, 'guard')
    tab.sync.control.tryNow()
    await eventually('seen anew', async () => (await shown())[0]?.home === '1-1-*')
    expect(await shown()).toMatchObject([body])
    expect(await db.cursors.get(gateBook)).toEqual(gate)
    // A centre that doesn't say leaves things as they are.
    centre.seenAs.clear()
    const cursor = await db.cursors.get(homesBook)
    tab.sync.control.tryNow()
    await quiet()
    expect(await db.cursors.get(homesBook)).toEqual(cursor)
    // What it was before is still known when it says so again.
    if (row) row.entry = { ...row.entry, body: { home: '1-1-1', people: [] } }
    centre.seenAs.set(homesBook, 'gridWorker')
    tab.sync.control.tryNow()
    await eventually('seen as before', async () => (await shown())[0]?.home === '1-1-1')
  })

  it('(failure mode 33) [AU3] revocation erases what was pulled, never what is unsent', async () => {
    centre.arrive(passage())
    centre.arrive(home(1))
    tab = await enrolledTab(phone)
    await eventually('first sync', () => tab?.status().firstSyncDone === true)
    const { store, db } = tab.open
    refusePushes()
    await store.save([passageDraft()])
    for (const install of centre.installs.values()) install.status = 'revoked'
    tab.sync.control.tryNow()
    await eventually('revoked', () => tab?.status().state === 'revoked')
    await eventually('erased', async () => (await db.segments.count()) + (await db.records.count()) === 0)
    expect(await db.own.count()).toBe(1)
    phone.transport = centre.transport
    tab.sync.control.tryNow()
    await eventually('sent all the same', () => centre.pages.size === 1)
  })
})

describe('time', () => {
  it('(failure mode 31) [AU2] a clock that is years off locks nobody out: the offset is learned from the answer', async () => {
    let wrong = 0
    centre.now = () => phone.time.clock.now() - wrong
    tab = await enrolledTab(phone)
    await eventually('first sync', () => tab?.status().firstSyncDone === true)
    wrong = 3 * 365 * 86_400_000
    centre.arrive(passage())
    tab.sync.control.tryNow()
    const from = tab
    await eventually('pulled', async () => (await read(from)).length === 1)
    const [entry] = await tab.open.store.save([passageDraft()])
    expect(entry?.off).toBe(-wrong)
    await eventually('sent', () => centre.entries.length === 2)
  })
})
