import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Draft } from '../../../../src/domain/entry.ts'
import type { Collected, Collector, RelayState, Showing, Taken } from '../../../../src/client/sync/calls.ts'
import { TransportFailed, type Transport } from '../../../../src/client/platform/transport.ts'
import { upkeep } from '../../../../src/client/sync/upkeep.ts'
import { paths } from '../../../../src/protocol/api.ts'
import { device, openTab, type Device, type Tab } from '../../../support/clientPhone.ts'
import { eventually, quiet } from '../../../support/eventually.ts'
import { injected } from '../../../support/injected.ts'
import { invitation, testCentre, type Founded, type TestCentre } from '../../../support/testCentre.ts'

const nothing: Transport = {
  send: () => Promise.reject(new TransportFailed('offline')),
  open: () => Promise.reject(new TransportFailed('offline')),
}

interface Held {
  phone: Device
  tab: Tab
}

let centre: TestCentre
let founded: Founded
let origin: Held
let carrier: Held

async function guard(): Promise<Held> {
  const phone = device(injected(centre.app))
  const tab = await openTab(phone)
  const token = await invitation(founded.coordinator, [{ role: 'guard', place: founded.compound }])
  const answer = await tab.sync.calls.enrol({ token, name: 'Sample guard', device: 'test' })
  if (!answer.ok) throw new Error(answer.problem)
  await eventually('first pull', () => tab.status().firstSyncDone)
  return { phone, tab }
}

beforeEach(async () => {
  centre = await testCentre()
  founded = await centre.found()
  origin = await guard()
  carrier = await guard()
  await quiet(100)
  origin.phone.transport = nothing
  carrier.phone.transport = nothing
})
afterEach(async () => {
  for (const { tab } of [origin, carrier]) tab.close()
  await centre.end()
})

const passage = (i: number): Draft => ({
  kind: 'passage',
  logbook: founded.gate,
  body: {
    post: founded.post,
    way: 'in',
    subject: 'person',
    how: 'none',
    decision: 'admit',
    note: `sample ${i}`,
  },
})
const log = (count: number) => origin.tab.open.store.save(Array.from({ length: count }, (_, i) => passage(i)))

const relayOf = ({ tab }: Held) => tab.sync.calls.relay()

async function stateOf(held: Held): Promise<RelayState> {
  const { state } = await relayOf(held)
  return new Promise((resolve) => {
    const watch = state.subscribe((now) => {
      resolve(now)
      setTimeout(() => watch.unsubscribe())
    })
  })
}

/** Holds one phone's screen before the other's camera, from picture `from` on, until it says what came of it. */
async function hold(
  shown: Showing,
  collector: Collector,
  { from = 0, most = Infinity } = {},
): Promise<Collected> {
  for (let n = from; n < Math.min(from + shown.frames * 2 + 40, most); n++) {
    // Every third picture is blurred.
    const collected = n % 3 === 1 ? null : await collector.add(shown.frame(n))
    if (collected?.taken) return collected
  }
  return { share: -1, taken: null }
}

async function handOver(): Promise<Taken | null> {
  const parcel = await (await relayOf(origin)).pack('frames')
  if (!parcel) return null
  const { taken } = await hold(parcel, (await relayOf(carrier)).collect())
  await (await relayOf(origin)).handed(parcel.id)
  return taken
}

/** The carrier comes to where there is a network. */
async function deliver(): Promise<void> {
  carrier.phone.transport = injected(centre.app)
  carrier.tab.sync.control.tryNow()
  await eventually('delivered', async () => (await stateOf(carrier)).carried.every((c) => c.state === 'back'))
}

async function bringBack(id: string): Promise<Taken | null> {
  const receipt = await (await relayOf(carrier)).receipt(id)
  return receipt && (await hold(receipt, (await relayOf(origin)).collect())).taken
}

const stored = () => centre.services.storage.entries({ logbook: founded.gate, after: 0, limit: 1000 })

describe('a phone that never has a network', () => {
  it('[RL2]–[RL6] hands its entries over by pictures, and learns that they have arrived', async () => {
    const saved = await log(130)
    const taken = await handOver()
    expect(taken).toMatchObject({ what: 'parcel', again: false, back: false })
    expect(await stateOf(origin)).toMatchObject({ ready: true, unsent: 130, handed: 130 })
    await deliver()
    expect((await stored()).map(({ id }) => id)).toEqual(saved.map(({ id }) => id))
    // Not before the receipt has come back.
    expect(origin.tab.status()).toMatchObject({ waiting: 130, received: 0 })
    const [parcel] = (await stateOf(carrier)).carried
    expect(await bringBack(parcel?.id ?? '')).toEqual({ what: 'receipt', mark: parcel?.mark, entries: 130 })
    await eventually('all received', () => origin.tab.status().received === 130)
    expect(await stateOf(origin)).toMatchObject({ unsent: 0, handed: 0 })
  })

  it('[RL4] the carrier holds nothing that it can read', async () => {
    await log(3)
    await handOver()
    await deliver()
    const rows = JSON.stringify(await carrier.tab.open.db.carried.toArray())
    const readable = rows
      .split(/[^A-Za-z0-9_-]/)
      .map((part) => Buffer.from(part, 'base64url').toString('latin1'))
      .join(' ')
    const { install, member } = origin.tab.open.identity.get() ?? { install: '?', member: '?' }
    for (const word of [install, member, 'passage', 'sample', founded.gate])
      expect(`${rows} ${readable}`).not.toContain(word)
  })

  it('goes on after an interruption with the pictures that are there, also when the carrier’s app was closed', async () => {
    await log(90)
    const parcel = await (await relayOf(origin)).pack('frames')
    if (!parcel) throw new Error('no parcel')
    expect(parcel.frames).toBeGreaterThan(12)
    const half = Math.floor(parcel.frames / 2)
    await hold(parcel, (await relayOf(carrier)).collect(), { most: half })
    carrier.tab.close()
    carrier.tab = await openTab(carrier.phone)
    const again = await (await relayOf(origin)).pack('frames')
    expect(again?.id).toBe(parcel.id)
    const collector = (await relayOf(carrier)).collect()
    const first = again && (await collector.add(again.frame(0)))
    expect(first?.share).toBeGreaterThan(0.25)
    expect(again && (await hold(again, collector)).taken).toMatchObject({ what: 'parcel' })
  })

  it('[RL5] hands over to two carriers, sends itself as well, and nothing is doubled', async () => {
    await log(5)
    await handOver()
    const again = await (await relayOf(origin)).pack('file', true)
    const file = again?.file.text ?? ''
    expect(await (await relayOf(carrier)).takeText(`${file}\n`)).toMatchObject({ what: 'parcel' })
    await deliver()
    origin.phone.transport = injected(centre.app)
    origin.tab.sync.control.tryNow()
    await eventually('all sent', () => origin.tab.status().waiting === 0)
    expect(await stored()).toHaveLength(5)
    for (const { id } of (await stateOf(carrier)).carried)
      expect((await bringBack(id))?.what).toMatch(/^(receipt|old)$/)
    expect(origin.tab.status()).toMatchObject({ logged: 5, received: 5, attention: 0 })
  })

  it.each([-3, 3])(
    '[RL4] [EP2] holds what arrived by the centre’s time, with a clock that is %i years off when the receipt comes back',
    async (years) => {
      await log(2)
      await handOver()
      await deliver()
      const { time } = origin.phone
      const now = time.clock.now()
      const openAt = async (at: number) => {
        origin.tab.close()
        time.set(at)
        origin.tab = await openTab(origin.phone)
      }
      await openAt(now + years * 365 * 86_400_000)
      const [parcel] = (await stateOf(carrier)).carried
      expect(await bringBack(parcel?.id ?? '')).toMatchObject({ what: 'receipt' })
      expect((await origin.tab.open.db.pages.toArray()).map(({ sentAt }) => sentAt)).toEqual([
        centre.clock.now,
      ])
      origin.phone.transport = injected(centre.app)
      await openAt(now)
      await eventually('heard', () => origin.tab.open.keeper.sure())
      await upkeep(origin.tab)
      expect(await origin.tab.open.db.own.count()).toBe(2)
      expect(await origin.tab.open.store.mine(10)).toHaveLength(2)
    },
  )

  it('takes what is logged later into the next parcel, and never a parcel for nothing', async () => {
    expect(await handOver()).toBeNull()
    await log(2)
    await handOver()
    expect(await handOver()).toBeNull()
    await log(1)
    const next = await (await relayOf(origin)).pack('frames')
    expect(next).toMatchObject({ entries: 1, left: 0 })
    const all = await (await relayOf(origin)).pack('file', true)
    expect(all?.entries).toBe(3)
  })

  it('[PU4] believes no receipt but the centre’s, and none that was changed', async () => {
    await log(2)
    await handOver()
    await deliver()
    const [parcel] = (await stateOf(carrier)).carried
    const receipt = await (await relayOf(carrier)).receipt(parcel?.id ?? '')
    const text = receipt?.file.text ?? ''
    const relay = await relayOf(origin)
    const changed = `${text.slice(0, -4)}${text.endsWith('AAAA') ? 'BBBB' : 'AAAA'}`
    expect(await relay.takeText(changed)).toEqual({ what: 'unreadable' })
    await origin.tab.open.db.meta
      .where('key')
      .equals('centre')
      .modify((row) => {
        const { serverKey } = founded.coordinator.enrolled ?? {}
        if (row.centre && serverKey)
          row.centre = {
            ...row.centre,
            serverKey: { ...serverKey, x: founded.coordinator.key.x, y: founded.coordinator.key.y },
          }
      })
    expect(await relay.takeText(text)).toEqual({ what: 'unreadable' })
    expect(origin.tab.status().received).toBe(0)
  })
})

describe('a carrier', () => {
  it('[RL7] keeps a parcel through closed apps and captive portals until the centre has it', async () => {
    await log(2)
    await handOver()
    const portal = async () => ({ status: 200, header: () => null, bytes: new Uint8Array([60]) })
    carrier.phone.transport = { ...nothing, send: portal }
    carrier.tab.sync.control.tryNow()
    await quiet(50)
    carrier.tab.close()
    carrier.tab = await openTab(carrier.phone)
    expect((await stateOf(carrier)).carried).toMatchObject([{ state: 'waiting' }])
    await deliver()
    expect(await stored()).toHaveLength(2)
  })

  it('[RL7] names a parcel that the centre can’t take, and its phone still has everything', async () => {
    await log(1)
    await handOver()
    const problem = { type: 'gatepost:install-unknown', status: 401 }
    const real = injected(centre.app)
    carrier.phone.transport = {
      ...real,
      send: async (request) =>
        request.path === paths.carry
          ? { status: 401, header: () => null, bytes: new TextEncoder().encode(JSON.stringify(problem)) }
          : real.send(request),
    }
    carrier.tab.sync.control.tryNow()
    await eventually('named', async () => (await stateOf(carrier)).carried[0]?.state === 'refused')
    const [parcel] = (await stateOf(carrier)).carried
    expect(parcel?.code).toBe('install-unknown')
    await (await relayOf(carrier)).drop(parcel?.id ?? '')
    expect((await stateOf(carrier)).carried).toEqual([])
    expect(await (await relayOf(origin)).pack('frames', true)).toMatchObject({ entries: 1 })
  })

  it('[RL7] one parcel that does not get through holds up no other, and a proxy’s 413 is not the centre’s word', async () => {
    await log(1)
    await handOver()
    await log(60)
    const large = await (await relayOf(origin)).pack('file', true)
    await (await relayOf(carrier)).takeText(large?.file.text ?? '')
    const rows = await carrier.tab.open.db.carried.toArray()
    const [small, big] = rows.sort((a, b) => a.text.length - b.text.length)
    const real = injected(centre.app)
    const asked: { body: unknown; timeoutMs: number }[] = []
    carrier.phone.transport = {
      ...real,
      send: async (request) => {
        if (request.path !== paths.carry) return real.send(request)
        asked.push({ body: request.body, timeoutMs: request.timeoutMs })
        if (request.body !== small?.text) return real.send(request)
        return { status: 413, header: () => null, bytes: new TextEncoder().encode('<html>too large</html>') }
      },
    }
    carrier.tab.sync.control.tryNow()
    const stateNow = async (id = '') => (await carrier.tab.open.db.carried.get(id))?.state
    await eventually('the other is back', async () => (await stateNow(big?.id)) === 'back')
    expect(await stateNow(small?.id)).toBe('waiting')
    expect(asked.slice(0, 2).map(({ body }) => body)).toEqual([small?.text, big?.text])
    expect(asked[1]?.timeoutMs).toBeGreaterThan(asked[0]?.timeoutMs ?? Infinity)
    await deliver()
    expect(await stored()).toHaveLength(61)
  })

  it('tells what is not for it: its own parcel, another centre’s, a torn file', async () => {
    await log(1)
    const relay = await relayOf(origin)
    const parcel = await relay.pack('file')
    const text = parcel?.file.text ?? ''
    expect(await relay.takeText(text)).toEqual({ what: 'own' })
    await carrier.tab.open.db.meta
      .where('key')
      .equals('centre')
      .modify((row) => {
        if (row.centre?.sealKey) row.centre.sealKey.kid = 'another'
      })
    const other = await relayOf(carrier)
    expect(await other.takeText(text)).toEqual({ what: 'strange' })
    expect(await other.takeText(text.slice(0, 40))).toEqual({ what: 'unreadable' })
    expect(await other.collect().add('https://gate.example/join')).toBeNull()
  })
})
