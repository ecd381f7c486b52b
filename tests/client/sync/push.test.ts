import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { headers, paths } from '../../../src/protocol/api.ts'
import { problemBody } from '../../../src/protocol/problems.ts'
import { TransportFailed, type Reply, type Request } from '../../../src/client/platform/transport.ts'
import { getMeta } from '../../../src/client/store/database.ts'
import { passageDraft, passageDrafts } from '../../support/drafts.ts'
import { eventually, quiet } from '../../support/eventually.ts'
import { FakeCentre, gateBook } from '../../support/fakeCentre.ts'
import { device, enrolledTab, openTab, type Device, type Tab } from '../../support/clientPhone.ts'
import { phoneAtCentre } from '../../support/phoneAtCentre.ts'

let phone: Device
let centre: FakeCentre
let tab: Tab

beforeEach(async () => {
  ;({ phone, centre } = await phoneAtCentre())
  tab = await enrolledTab(phone)
  // The first pull is over: what it says of the contact comes between no test and its push.
  await eventually('first pull', () => tab.status().firstSyncDone)
  await quiet(200)
})
afterEach(() => tab.close())

/** What stands between phone and centre for pushes; the rest goes through. */
const between = (meddle: (request: Request, pass: () => Promise<Reply>) => Promise<Reply>) => {
  const send = (request: Request) =>
    request.path === paths.push
      ? meddle(request, () => centre.transport.send(request))
      : centre.transport.send(request)
  phone.transport = { ...centre.transport, send }
}
const straight = () => {
  phone.transport = centre.transport
}
const all = (count: number) => () => tab.status().logged === count && tab.status().waiting === 0
const ids = () => centre.entries.map(({ id }) => id)
const bytesOf = ({ body }: Request): string => Buffer.from(body ?? '').toString('base64')

describe('a push', () => {
  it('sends at once what was saved, gzipped, in pages of at most 100 ([PG2])', async () => {
    const saved = await tab.open.store.save(passageDrafts(250))
    await eventually('all sent', all(250))
    expect(ids()).toEqual(saved.map(({ id }) => id))
    expect([...centre.pages.values()].map(({ page }) => page.lines.length)).toEqual([100, 100, 50])
    expect(centre.pushes).toEqual([{ pages: 3, encoding: 'gzip' }])
  })

  it('[PG3] numbers pages from 1, each naming the one before, with counters without a gap', async () => {
    await tab.open.store.save(passageDrafts(130))
    await eventually('all sent', all(130))
    await tab.open.store.save(passageDrafts(5))
    await eventually('all sent', all(135))
    const heads = [...centre.pages.values()].map(({ page }) => page.header)
    expect(heads.map(({ page, first, count }) => [page, first, count])).toEqual([
      [1, 1, 100],
      [2, 101, 30],
      [3, 131, 5],
    ])
    expect(heads.map(({ prev }) => prev)).toEqual(['', heads[0]?.hash, heads[1]?.hash])
  })

  it('[PG2] cuts pages at 256 KB; an entry that no page can hold is put aside here, the others go', async () => {
    const big = (size: number) => passageDraft('n'.repeat(size))
    await tab.open.store.save([big(200_000), big(100_000)])
    // No form makes one, and a save refuses it; a fault may still have left one on the disk.
    const line = JSON.stringify({ ...passageDraft('n'.repeat(300_000)) })
    await tab.open.db.own.add({ id: 'too-large', logbook: 'x', kind: 'passage', at: 0, line })
    await tab.open.store.save([big(10)])
    await eventually('the rest sent', () => centre.entries.length === 3)
    await eventually('put aside', () => tab.status().attention === 1)
    expect([...centre.pages.values()].map(({ page }) => page.header.first)).toEqual([1, 2, 4])
    expect(await tab.open.db.attention.toArray()).toMatchObject([{ n: 3, code: 'unreadable' }])
    // It is not waiting, and was never received.
    await eventually('counted', () => tab.status().waiting === 0)
    expect(tab.status()).toMatchObject({ logged: 4, received: 3, state: 'attention' })
  })

  it('(failure mode 14) a lost acknowledgement: the same bytes again, one entry stays one ([PU3], [PG5])', async () => {
    const sent: string[] = []
    between(async (request, pass) => {
      sent.push(bytesOf(request))
      const reply = await pass()
      if (sent.length === 1) throw new TransportFailed('offline')
      return reply
    })
    await tab.open.store.save(passageDrafts(3))
    await eventually('tried', () => sent.length === 1 && tab.status().state === 'offline')
    expect(tab.status()).toMatchObject({ waiting: 3, received: 0 })
    phone.time.pass(3000)
    await eventually('all sent', all(3))
    expect(new Set(sent).size).toBe(1)
    expect(centre.entries).toHaveLength(3)
  })

  it('(failure modes 15, 16) a time-out is not success: everything stays here and says so', async () => {
    between(() => Promise.reject(new TransportFailed('timeout')))
    await tab.open.store.save(passageDrafts(2))
    await eventually('noticed', () => tab.status().state === 'offline')
    expect(tab.status()).toMatchObject({ received: 0, waiting: 2 })
    expect(await tab.open.db.own.count()).toBe(2)
  })

  it('a plea that the centre put aside needs no hand: it is read there all the same ([PU6])', async () => {
    centre.judge = ({ kind }) => (kind === 'plea' ? 'not-permitted' : null)
    const about = '018f0000-0000-7000-8000-0000000000b1'
    const plea = { kind: 'plea', logbook: gateBook, body: { about, code: 'not-permitted' } }
    await tab.open.store.save([passageDraft(), plea])
    await eventually('at rest', () => tab.status().received === 2 && tab.status().state === 'sent')
    expect(tab.status().attention).toBe(0)
  })

  it('(failure mode 17) one entry that the centre can’t take does not keep the others; it needs attention ([PU6])', async () => {
    centre.judge = ({ body }) => (body['note'] === 'sample 1' ? 'invalid' : null)
    const saved = await tab.open.store.save(passageDrafts(4))
    await eventually('all sent', all(4))
    expect(tab.status()).toMatchObject({ state: 'attention', attention: 1 })
    expect(centre.entries).toHaveLength(3)
    expect(await tab.open.store.mine(4)).toMatchObject([
      { n: 4, state: 'sent' },
      { n: 3, state: 'sent' },
      { n: 2, state: 'attention', code: 'invalid', entry: { id: saved[1]?.id } },
      { n: 1, state: 'sent' },
    ])
    await tab.open.store.settleAttention(2)
    await eventually('settled', () => tab.status().state === 'sent')
  })

  const strangers: [string, (reply: Reply) => Reply | Promise<Reply>][] = [
    ['a captive portal’s page', () => ({ ...centre.text('<html>sign in</html>'), header: () => null })],
    ['a page that copies our headers', () => centre.text('{"pages":[]}')],
    [
      'a receipt without a signature',
      (reply) => ({ ...reply, header: () => String(phone.time.clock.now()) }),
    ],
    [
      'a receipt changed on the way',
      (reply) => ({ ...reply, bytes: reply.bytes.map((b, i) => (i === 9 ? b ^ 1 : b)) }),
    ],
    [
      'a receipt for other pages',
      () => centre.signed({ v: 1, install: 'x', epoch: 'epoch-1', time: 1, pages: [], heads: {} }),
    ],
  ]
  it.each(strangers)('(failure mode 18) [PU4] %s is no acknowledgement', async (_name, forge) => {
    let asked = 0
    between(async (_request, pass) => {
      asked += 1
      return forge(await pass())
    })
    await tab.open.store.save(passageDrafts(2))
    await eventually('noticed', () => tab.status().problem === 'not-gatepost')
    expect(tab.status()).toMatchObject({ received: 0, waiting: 2, state: 'offline' })
    straight()
    tab.sync.control.tryNow()
    await eventually('all sent', all(2))
    expect(asked).toBe(1)
    expect(centre.entries).toHaveLength(2)
  })

  it('(failure mode 22) [PU11] after 413 sends half as many pages at a time, down to one', async () => {
    const sizes: number[] = []
    between(async (_request, pass) => {
      const before = centre.pushes.length
      const reply = await pass()
      const { pages = 0 } = centre.pushes[before] ?? {}
      sizes.push(pages)
      const { status } = problemBody('too-large')
      return pages > 2 ? { ...centre.text('<html>', status), header: () => null } : reply
    })
    await tab.open.store.save(passageDrafts(1000))
    await eventually('all sent', all(1000))
    expect(sizes.slice(0, 3)).toEqual([10, 5, 2])
    expect(new Set(ids()).size).toBe(1000)
  })

  it('(failure mode 19) a request that never comes back is given up, and another is made', async () => {
    let hung = 0
    between((request, pass) => {
      if (hung > 0) return pass()
      hung += 1
      return new Promise((_, fail) =>
        request.signal?.addEventListener('abort', () => fail(new TransportFailed('aborted'))),
      )
    })
    await tab.open.store.save(passageDrafts(2))
    await eventually('hung', () => hung === 1)
    phone.time.pass(105_000)
    await quiet()
    phone.time.pass(5_000)
    await eventually('all sent', all(2))
  })

  it('without a network an attempt packs one page only; with hope as many as go', async () => {
    const sizes: number[] = []
    between((request) => {
      sizes.push(Buffer.from(request.body ?? '').byteLength)
      return Promise.reject(new TransportFailed('offline'))
    })
    await tab.open.store.save(passageDrafts(1000))
    await eventually('tried', () => sizes.length === 1)
    await quiet()
    phone.time.pass(2_100)
    await eventually('tried again', () => sizes.length === 2)
    expect(sizes[1]).toBeLessThan((sizes[0] ?? 0) / 5)
    await eventually('given up', () => tab.status().state === 'offline')
    await quiet()
    straight()
    tab.sync.control.tryNow()
    await eventually('all sent', all(1000))
    expect(centre.pushes[0]?.pages).toBe(10)
  })

  it('taps while there is no network cause at most one attempt in two seconds', async () => {
    let tries = 0
    between(() => {
      tries += 1
      return Promise.reject(new TransportFailed('offline'))
    })
    for (let i = 0; i < 100; i++) {
      await tab.open.store.save([passageDraft()])
      await quiet(3)
      phone.time.pass(100)
    }
    await eventually('counted', () => tab.status().waiting === 100)
    expect(tries).toBeLessThanOrEqual(11)
  })

  it('a save does not wait for a push that is under way', async () => {
    let release: () => void = () => undefined
    between(async (_request, pass) => {
      await new Promise<void>((done) => {
        release = done
      })
      return pass()
    })
    await tab.open.store.save([passageDraft()])
    await eventually('under way', () => tab.status().state === 'sending')
    await tab.open.store.save([passageDraft()])
    expect(await tab.open.db.own.count()).toBe(2)
    straight()
    release()
    await eventually('all sent', all(2))
  })

  it('says with each request what it holds unsent', async () => {
    between(() => Promise.reject(new TransportFailed('offline')))
    await tab.open.store.save(passageDrafts(7))
    await eventually('counted', () => tab.status().waiting === 7)
    straight()
    const before = centre.asked.length
    tab.sync.control.tryNow()
    await eventually('asked', () => centre.asked.length > before)
    expect(centre.asked[before]?.headers[headers.unsent]).toBe('7')
  })

  it('a phone that was closed goes on where it was', async () => {
    between(() => Promise.reject(new TransportFailed('offline')))
    const saved = await tab.open.store.save(passageDrafts(120))
    await eventually('tried', () => tab.status().state === 'offline')
    tab.close()
    straight()
    tab = await openTab(phone)
    await eventually('all sent', all(120))
    expect(ids()).toEqual(saved.map(({ id }) => id))
    expect(centre.pages.size).toBe(2)
  })
})

describe('identity', () => {
  const invited = { token: 'another-token-of-length', name: 'Sample', device: 'test' }
  const enrolAgain = async () => (await tab.sync.calls.enrol(invited)).ok

  it('[PU10] a revoked phone still sends what it holds', async () => {
    for (const install of centre.installs.values()) install.status = 'revoked'
    await tab.open.store.save(passageDrafts(2))
    await eventually('all sent', all(2))
    await eventually('put aside', () => tab.status().attention === 2)
  })

  it('(failure mode 7) [FO1] [FO2] a cloned profile: both sets of entries arrive, the second renews', async () => {
    await tab.open.store.save(passageDrafts(1))
    await eventually('all sent', all(1))
    const install = tab.open.identity.get()?.install ?? ''
    // Another phone with the same identity has meanwhile sent another second page.
    const rival = { page: 2, hash: 'x'.repeat(43), status: 'stored' as const, entries: [] }
    for (const { page } of [...centre.pages.values()])
      centre.pages.set(`${install}/2/${rival.hash}`, { receipt: rival, page })
    const saved = await tab.open.store.save(passageDrafts(2))
    await eventually('renewed', () => tab.status().problem === 'renewed')
    const more = await tab.open.store.save(passageDrafts(2))
    await eventually('all sent', all(5))
    expect(tab.open.identity.get()?.install).not.toBe(install)
    expect(ids()).toEqual(expect.arrayContaining([...saved, ...more].map(({ id }) => id)))
    const renewed = [...centre.pages.values()].map(({ page: { header } }) => header)
    expect(renewed.filter((header) => header.install !== install)).toMatchObject([
      { page: 1, first: 1, prev: '' },
    ])
  })

  it('(failure mode 2) a storage that went back in time renews instead of forking', async () => {
    for (const install of centre.installs.values()) install.received = 10
    const before = tab.open.identity.get()?.install
    tab.sync.control.tryNow()
    await eventually('renewed', () => tab.status().problem === 'storage-lost')
    expect(tab.open.identity.get()?.install).not.toBe(before)
  })

  it('a centre that never heard of this phone: everything held goes there after a new invitation', async () => {
    const saved = await tab.open.store.save(passageDrafts(3))
    await eventually('all sent', all(3))
    const other = await FakeCentre.open(() => phone.time.clock.now())
    phone.transport = other.transport
    await tab.open.store.save([passageDraft()])
    tab.sync.control.tryNow()
    await eventually('signed out', () => tab.status().state === 'signed-out')
    expect(await enrolAgain()).toBe(true)
    await eventually('all there', () => other.entries.length === 4)
    expect(other.entries.slice(0, 3).map(({ id }) => id)).toEqual(saved.map(({ id }) => id))
  })

  it('a centre that never heard of this phone, which finds that out by its new invitation, too', async () => {
    await tab.open.store.save(passageDrafts(3))
    await eventually('all sent', all(3))
    phone.transport = device().transport
    await tab.open.store.save([passageDraft()])
    const other = await FakeCentre.open(phone.time.clock.now)
    phone.transport = other.transport
    expect(await enrolAgain()).toBe(true)
    await eventually('all there', () => other.entries.length === 4 && all(4)())
  })

  it('[EP2] a phone that was shut out offers again what it holds when it is invited to a restored centre', async () => {
    await tab.open.store.save(passageDrafts(3))
    await eventually('all sent', all(3))
    for (const install of centre.installs.values()) install.status = 'revoked'
    centre.epoch = 'epoch-2'
    centre.pages.clear()
    expect(await enrolAgain()).toBe(true)
    await eventually('offered again', () => centre.pages.size === 1)
    await eventually('all sent', all(3))
  })
})

describe('[EP2] a centre restored from a backup', () => {
  it('(failure mode 27) is offered again every page that the phone still holds', async () => {
    const saved = await tab.open.store.save(passageDrafts(150))
    await eventually('all sent', all(150))
    centre.epoch = 'epoch-2'
    centre.pages.clear()
    for (const id of centre.rows.keys()) centre.rows.set(id, [])
    for (const install of centre.installs.values()) install.received = 0
    tab.sync.control.tryNow()
    await eventually('offered again', () => centre.entries.length === 150)
    await eventually('all sent', all(150))
    expect(ids()).toEqual(saved.map(({ id }) => id))
    expect(tab.status().problem).toBe(null)
  })

  it('loses nothing to a receipt from before it, which comes when it is known already', async () => {
    let release = (): void => undefined
    const late = new Promise<void>((done) => (release = done))
    let held = false
    between(async (_request, pass) => {
      const reply = await pass()
      if (held) return reply
      held = true
      await late
      return reply
    })
    const saved = await tab.open.store.save(passageDrafts(3))
    await eventually('at the centre', () => centre.entries.length === 3)
    centre.epoch = 'epoch-2'
    centre.pages.clear()
    for (const id of centre.rows.keys()) centre.rows.set(id, [])
    const epoch = async () => (await getMeta(tab.open.db, 'centre'))?.epoch
    phone.time.pass(61_000)
    await eventually('the restore is known', async () => (await epoch()) === 'epoch-2')
    release()
    await quiet(200)
    phone.time.pass(61_000)
    await eventually('offered again', () => centre.entries.length === 3)
    // The late one turns the epoch back, what is offered then turns it for good.
    await eventually('the restore is known for good', async () => (await epoch()) === 'epoch-2')
    await eventually('all sent', all(3))
    expect(ids()).toEqual(saved.map(({ id }) => id))
  })

  it('is noticed by a receipt, too', async () => {
    await tab.open.store.save(passageDrafts(2))
    await eventually('all sent', all(2))
    centre.epoch = 'epoch-2'
    centre.pages.clear()
    for (const id of centre.rows.keys()) centre.rows.set(id, [])
    await tab.open.store.save([passageDraft()])
    await eventually('all offered', () => centre.entries.length === 3)
    await eventually('all sent', all(3))
  })
})
