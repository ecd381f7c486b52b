import { IDBFactory, IDBObjectStore } from 'fake-indexeddb'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { SharedPhone } from '../../../support/sharedPhone.ts'
import { first, pinA, TwoGuards } from '../../../support/twoGuards.ts'

const scene = new TwoGuards()
let gate: SharedPhone
beforeEach(async () => {
  await scene.begin()
  gate = scene.gate
})
afterEach(() => scene.end())

const member = () => gate.tab.open.identity.get()?.member

describe('what cannot be locked', () => {
  const noRoom = (table = 'vault') =>
    vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(function (this: IDBObjectStore, ...row) {
      if (this.name === table) throw new DOMException('full', 'QuotaExceededError')
      return put.apply(this, row)
    })
  const put = IDBObjectStore.prototype.put
  const unsealed = async () =>
    (await (await gate.guards()).state()).guards.filter((guard) => guard.unsealed).map(({ db }) => db)

  it('is said in the list until it is, and is locked at a start with room', async () => {
    const [entry] = await scene.log(['没有地方'])
    const full = noRoom()
    expect(await gate.lock()).toBe(false)
    expect(member()).toBeUndefined()
    expect(await unsealed()).toEqual([first])
    await gate.restart()
    expect(await unsealed()).toEqual([first])
    full.mockRestore()
    await gate.restart()
    expect(await unsealed()).toEqual([])
    expect(await scene.readable(first)).not.toContain('没有地方')
    expect((await gate.open(first, pinA)).is).toBe('open')
    expect((await gate.tab.open.store.mine(1))[0]?.entry.id).toBe(entry?.id)
  })

  it('and what can’t be opened stays shut, without its key beside it', async () => {
    const [entry] = await scene.log(['没有地方'])
    expect(await gate.lock()).toBe(true)
    const full = noRoom('own')
    expect((await gate.open(first, pinA)).is).toBe('failed')
    full.mockRestore()
    expect(await unsealed()).toEqual([])
    expect((await gate.open(first, pinA)).is).toBe('open')
    expect((await gate.tab.open.store.mine(1))[0]?.entry.id).toBe(entry?.id)
  })

  it('where the storage does not answer at all, whoever is there stays, and hears it', async () => {
    const before = member()
    const broken = vi.spyOn(IDBFactory.prototype, 'open').mockImplementation(() => {
      throw new DOMException('no answer', 'UnknownError')
    })
    gate.tab.open.db.close()
    expect(await gate.lock()).toBe(false)
    broken.mockRestore()
    expect(gate.kept).toBe(first)
    expect(member()).toBe(before)
  })
})
