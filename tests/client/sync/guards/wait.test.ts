import { IDBFactory, IDBKeyRange } from 'fake-indexeddb'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Locks } from '../../../../src/client/platform/locks.ts'
import { GuardsDb } from '../../../../src/client/store/guards/registry.ts'
import { openStore, type OpenStore } from '../../../../src/client/store/open.ts'
import { passWait } from '../../../../src/client/sync/guards/wait.ts'
import { device, platformOf, type Device } from '../../../support/clientPhone.ts'
import { quiet } from '../../../support/eventually.ts'

const db = 'gatepost-2'
let phone: Device
let registry: GuardsDb
let open: OpenStore

beforeEach(async () => {
  phone = device()
  phone.indexedDB = new IDBFactory()
  registry = new GuardsDb({ indexedDB: phone.indexedDB, IDBKeyRange })
  const tries = { wrong: 5, waitMs: 30_000 }
  await registry.guards.put({ db, member: '', name: '*', tries, at: 0 })
  open = await openStore(platformOf(phone), 'gatepost')
})
afterEach(() => {
  open.close()
  registry.close()
})

interface WaitingTab {
  told: number[]
  close: () => void
}
/** A tab that stands before the PIN. */
function waits(locks: Locks | null = phone.locks): WaitingTab {
  const told: number[] = []
  const deps = {
    platform: { ...platformOf(phone), locks },
    ...{ open, appVersion: '', storePulled: async () => true, unsent: () => 0 },
  }
  return { told, close: passWait(deps, registry, db, (left) => told.push(left)) }
}
/** Second by second, as in an open tab. */
async function pass(seconds: number): Promise<void> {
  for (let n = 0; n < seconds; n++) {
    phone.time.pass(1000)
    await quiet(12)
  }
}
const left = async () => (await registry.guards.get(db))?.tries.waitMs

describe('the wait before a PIN', () => {
  for (const [how, locks] of [
    ['with Web Locks', () => phone.locks],
    ['in a browser without them', () => null],
  ] as const)
    it(`passes once, however many tabs are open, ${how}`, async () => {
      const tabs = Array.from({ length: 5 }, () => waits(locks()))
      await quiet()
      await pass(20)
      expect(await left()).toBe(10_000)
      await pass(9)
      expect(await left()).toBeGreaterThan(0)
      expect(tabs.some(({ told }) => told.includes(0))).toBe(false)
      await pass(2)
      expect(await left()).toBe(0)
      // Each says so, once.
      expect(tabs.map(({ told }) => told.filter((ms) => ms === 0))).toEqual(tabs.map(() => [0]))
    })

  it('goes on in another tab when the one that counted is closed, and what was not written is waited again', async () => {
    const [first, second] = [waits(), waits()]
    await quiet()
    await pass(13)
    first.close()
    expect(await left()).toBe(20_000)
    await pass(20)
    expect(await left()).toBeGreaterThan(0)
    await pass(2)
    expect(second.told.at(-1)).toBe(0)
  })

  it('stands still while no tab is there, whatever the clock says', async () => {
    const first = waits()
    await quiet()
    await pass(10)
    first.close()
    await pass(60)
    phone.time.set(phone.time.clock.now() + 86_400_000)
    waits()
    await quiet()
    expect(await left()).toBe(20_000)
  })

  it('is taken over from a tab that hangs (failure mode 20)', async () => {
    // It has the lock, and counts nothing.
    const hung = { steal: false, giveUp: new AbortController().signal }
    void phone.locks?.hold(`gatepost-wait-${db}`, hung, () => new Promise(() => undefined))
    const tab = waits()
    await pass(60)
    expect(await left()).toBe(30_000)
    await pass(90)
    expect(await left()).toBe(0)
    expect(tab.told.at(-1)).toBe(0)
  })

  it('of one guard does not hold up another one’s', async () => {
    const other = { db: 'gatepost-3', member: '', name: '*', tries: { wrong: 5, waitMs: 5000 }, at: 0 }
    await registry.guards.put(other)
    waits()
    const deps = {
      platform: platformOf(phone),
      ...{ open, appVersion: '', storePulled: async () => true, unsent: () => 0 },
    }
    passWait(deps, registry, other.db, () => undefined)
    await quiet()
    await pass(6)
    expect((await registry.guards.get(other.db))?.tries.waitMs).toBe(0)
    expect(await left()).toBe(25_000)
  })
})
