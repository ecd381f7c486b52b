import { IDBKeyRange } from 'fake-indexeddb'
import * as v from 'valibot'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { Invited, paths } from '../../../../src/protocol/api.ts'
import { GuardsDb } from '../../../../src/client/store/guards/registry.ts'
import { device, openTab } from '../../../support/clientPhone.ts'
import { eventually, quiet } from '../../../support/eventually.ts'
import { injected } from '../../../support/injected.ts'
import type { SharedPhone } from '../../../support/sharedPhone.ts'
import { invitation, type Founded, type TestCentre } from '../../../support/testCentre.ts'
import { first, pinA, pinB, second, TwoGuards } from '../../../support/twoGuards.ts'

const scene = new TwoGuards()
let centre: TestCentre
let founded: Founded
let gate: SharedPhone
beforeEach(async () => {
  await scene.begin()
  ;({ centre, founded, gate } = scene)
})
afterEach(() => scene.end())

const online = (on: boolean) => scene.online(on)
const enrol = (name: string, pin: string, to?: string) => scene.enrol(name, pin, to)
const readable = (name: string) => scene.readable(name)
const log = (...notes: string[]) => scene.log(notes)
const member = () => gate.tab.open.identity.get()?.member
const stored = async () => {
  const { storage } = centre.services
  return (await storage.entries({ logbook: founded.gate, after: 0, limit: 1000 })).map(({ id }) => id)
}

/** Second by second, as in an open app. */
async function waitSeconds({ phone }: SharedPhone, seconds: number): Promise<void> {
  for (let n = 0; n < seconds; n++) {
    phone.time.pass(1000)
    await quiet(12)
  }
}

describe('two guards on one phone', () => {
  it('log under their own names, offline, and everything is at the centre once', async () => {
    const a = member()
    const [mine] = await log('看见甲的访客')
    expect((await gate.open(second, pinB)).is).toBe('open')
    const b = member()
    expect(b).not.toBe(a)
    const [theirs] = await log('看见乙的访客')
    expect(mine?.by).toBe(a)
    expect(theirs?.by).toBe(b)
    await gate.open(first, pinA)
    expect(member()).toBe(a)
    const [again] = await log('第二天')
    online(true)
    gate.tab.sync.control.tryNow()
    await eventually('all there', async () => (await stored()).length === 3)
    await eventually('known here', () => gate.tab.status().waiting === 0 && gate.tab.status().others === 0)
    expect([...(await stored())].sort()).toEqual([mine?.id, theirs?.id, again?.id].sort())
  })

  it('nothing of one who is not at the gate can be read with the browser’s tools, nor their names', async () => {
    await log('看见甲的访客')
    await gate.open(second, pinB)
    const shown = (await Promise.all([first, second, 'gatepost-guards'].map(readable))).join()
    expect(shown).toContain('样本乙')
    expect(shown).not.toContain('样本甲')
    expect(shown).not.toContain('看见甲的访客')
    expect(shown).toContain('样*')
  })

  it('what one has left unsent goes by itself while the other is at the gate, and the pill counts it till then', async () => {
    const saved = await log('一', '二', '三')
    await gate.open(second, pinB)
    gate.tab.sync.control.tryNow()
    await eventually('counted', () => gate.tab.status().others === 3)
    expect((await (await gate.guards()).state()).guards.find(({ db }) => db === first)?.waiting).toBe(3)
    online(true)
    gate.tab.sync.control.tryNow()
    await eventually('at the centre', async () => (await stored()).length === 3)
    expect(await stored()).toEqual(saved.map(({ id }) => id))
    await eventually('counted off', () => gate.tab.status().others === 0)
    online(false)
    await gate.open(first, pinA)
    // The receipt that came meanwhile is taken to heart without a network.
    await eventually('known to its author', () => gate.tab.status().received === 3)
  })

  it('one guard’s database that does not open holds up nobody else’s entries, nor the list', async () => {
    const saved = await log('一')
    await gate.lock()
    const registry = new GuardsDb({ indexedDB: gate.phone.indexedDB, IDBKeyRange })
    // A newer version of the app has been in one that comes before it.
    await new Promise((done) => {
      const opening = gate.phone.indexedDB.open('gate', 100_000)
      opening.onsuccess = () => done(opening.result.close())
    })
    await registry.guards.put({ db: 'gate', member: '', name: '*', tries: { wrong: 0, waitMs: 0 }, at: 0 })
    registry.close()
    online(true)
    gate.tab.sync.control.tryNow()
    await eventually('at the centre', async () => (await stored()).length === 1)
    expect(await stored()).toEqual(saved.map(({ id }) => id))
    expect((await (await gate.guards()).state()).guards).toHaveLength(3)
  })

  it('and while nobody is at the gate', async () => {
    await log('一')
    await gate.lock()
    expect(member()).toBeUndefined()
    online(true)
    gate.tab.sync.control.tryNow()
    await eventually('at the centre', async () => (await stored()).length === 1)
  })

  it('a phone that was switched off asks who is there, and shows nothing before', async () => {
    const [entry] = await log('关机前')
    await gate.restart()
    expect(member()).toBeUndefined()
    expect(await readable(first)).not.toContain('关机前')
    await gate.open(first, pinA)
    expect((await gate.tab.open.store.mine(1))[0]?.entry.id).toBe(entry?.id)
  })

  it('a phone that only loaded the app anew goes on where it was', async () => {
    const before = member()
    gate.tab.close()
    await gate.start()
    expect(member()).toBe(before)
  })

  it('a phone that died in the midst of locking, or of opening, is locked, with no key left that opens a vault', async () => {
    await log('断电之前')
    const parts = { indexedDB: gate.phone.indexedDB, IDBKeyRange }
    const registry = new GuardsDb(parts)
    const kept = await registry.keys.get(first)
    await gate.lock()
    // The vault was shut, and nothing of what follows was done; or the key was there already, and the vault still shut.
    if (kept) await registry.keys.put(kept)
    gate.kept = first
    await gate.restart()
    expect(kept).toBeDefined()
    expect(await registry.keys.get(first)).toBeUndefined()
    registry.close()
    expect(member()).toBeUndefined()
    await gate.open(first, pinA)
    expect(await gate.tab.open.store.mine(5)).toHaveLength(1)
  })

  it('a phone that died between opening one and saying so keeps nobody’s data open', async () => {
    await log('断电之前')
    // Nobody's, as it was while a PIN was asked for.
    gate.kept = 'gatepost-3'
    await gate.restart()
    expect(member()).toBeUndefined()
    expect(await readable(first)).not.toContain('断电之前')
    expect((await gate.open(first, pinA)).is).toBe('open')
  })

  it('what cannot be found out at the start opens nobody’s data', async () => {
    const opening = gate.phone.indexedDB.open.bind(gate.phone.indexedDB)
    gate.phone.indexedDB.open = (name, version) => {
      if (name === 'gatepost-guards') throw new DOMException('no answer', 'UnknownError')
      return opening(name, version)
    }
    await gate.restart()
    expect(member()).toBeUndefined()
    expect(gate.seat.pinned).toBe(false)
    gate.phone.indexedDB.open = opening
    await gate.restart()
    expect((await gate.open(first, pinA)).is).toBe('open')
  })

  it('who enrols and turns back before a PIN is in the list, and keeps the slot', async () => {
    await gate.lock()
    online(true)
    const token = await invitation(founded.coordinator, [{ role: 'guard', place: founded.compound }])
    expect((await gate.tab.sync.calls.enrol({ token, name: '样本丙', device: 'test' })).ok).toBe(true)
    await gate.open(first, pinA)
    const { guards } = await (await gate.guards()).state()
    expect(guards.map(({ db, pinned }) => [db, pinned])).toContainEqual(['gatepost-3', false])
    await gate.lock()
    expect(gate.kept).toBe('gatepost-4')
  })

  it('a word that was lost right after the PIN was set lets its guard choose anew', async () => {
    gate.kept = null
    expect(await (await gate.guards()).setPin('2468')).toBe('set')
    await gate.lock()
    expect((await gate.open(first, '2468')).is).toBe('open')
  })

  it('a lost word of who is at the gate opens nobody’s data', async () => {
    await gate.lock()
    gate.kept = null
    await gate.restart()
    expect(member()).toBeUndefined()
    expect((await (await gate.guards()).state()).guards).toHaveLength(2)
  })
})

describe('tries at a PIN', () => {
  it('the fifth wrong one costs a wait, which the right PIN does not end, nor a restart or another clock', async () => {
    await gate.lock()
    for (let n = 0; n < 4; n++) expect(await gate.open(first, '8642')).toEqual({ is: 'wrong', waitMs: 0 })
    expect(await gate.open(first, '8642')).toEqual({ is: 'wrong', waitMs: 30_000 })
    await gate.restart()
    gate.phone.time.set(gate.phone.time.clock.now() + 86_400_000)
    await gate.restart()
    expect(await gate.open(first, pinA)).toEqual({ is: 'wait', waitMs: 30_000 })
    const told: number[] = []
    ;(await gate.guards()).wait(first, (leftMs) => told.push(leftMs))
    await waitSeconds(gate, 25)
    expect(await gate.open(first, pinA)).toEqual({ is: 'wait', waitMs: 5000 })
    await waitSeconds(gate, 6)
    expect(told.at(-1)).toBe(0)
    expect((await gate.open(first, pinA)).is).toBe('open')
    expect((await (await gate.guards()).state()).guards[0]?.waitMs).toBe(0)
  })

  it('one guard’s wrong tries cost the other nothing', async () => {
    await gate.lock()
    for (let n = 0; n < 6; n++) await gate.open(first, '8642')
    expect((await gate.open(second, pinB)).is).toBe('open')
  })

  it('a wrong one leaves whoever is at the gate there', async () => {
    const before = member()
    expect((await gate.open(second, '8642')).is).toBe('wrong')
    expect(member()).toBe(before)
  })
})

describe('leaving', () => {
  it('a sign-out of one leaves the other alone, and the name leaves the list', async () => {
    online(true)
    gate.tab.sync.control.tryNow()
    expect(await gate.tab.sync.calls.leave()).toBe('told')
    await gate.restart()
    expect((await (await gate.guards()).state()).guards.map(({ db }) => db)).toEqual([second])
    expect((await gate.open(second, pinB)).is).toBe('open')
  })

  it('(failure mode 33) a forgotten PIN loses nothing unsent: it goes, and only then the old vault', async () => {
    const saved = await log('忘了密码之前')
    const who = member()
    const body = { grants: [{ role: 'guard', place: founded.compound }], member: who, minutes: 10 }
    const answer = await founded.coordinator.ask({ method: 'POST', url: paths.invitations, body })
    await gate.lock()
    online(true)
    await enrol('样本甲', '2468', v.parse(Invited, answer.json()).token)
    expect(member()).toBe(who)
    gate.tab.sync.control.tryNow()
    const names = async () => (await gate.phone.indexedDB.databases()).map(({ name }) => name)
    await eventually('the old vault is gone', async () => !(await names()).includes(first))
    expect(await stored()).toEqual(saved.map(({ id }) => id))
    const { guards } = await (await gate.guards()).state()
    expect(guards.map(({ db, here }) => [db, here]).sort()).toEqual([
      [second, false],
      ['gatepost-3', true],
    ])
  })

  it('(failure mode 33) an old vault stays while the centre cannot be reached', async () => {
    await log('忘了密码之前')
    await gate.lock()
    const registry = new GuardsDb({ indexedDB: gate.phone.indexedDB, IDBKeyRange })
    await registry.guards.update(first, { leaving: true })
    gate.tab.sync.control.tryNow()
    await eventually('tried', () => gate.tab.status().others === 1)
    await quiet()
    expect(await registry.guards.get(first)).toMatchObject({ leaving: true })
    registry.close()
    const shown = (await (await gate.guards()).state()).guards.find(({ db }) => db === first)
    expect(shown?.waiting).toBe(1)
  })
})

describe('a phone that is one guard’s', () => {
  it('asks nobody for a PIN', async () => {
    const phone = device(injected(centre.app))
    const tab = await openTab(phone)
    await expect(tab.sync.calls.guards()).rejects.toThrow('one guard')
    tab.close()
  })
})
