import { IDBKeyRange, IDBObjectStore } from 'fake-indexeddb'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { GuardsDb } from '../../../../src/client/store/guards/registry.ts'
import type { SharedPhone } from '../../../support/sharedPhone.ts'
import { first, pinA, pinB, second, TwoGuards } from '../../../support/twoGuards.ts'

const scene = new TwoGuards()
let gate: SharedPhone
beforeEach(async () => {
  await scene.begin()
  gate = scene.gate
})
afterEach(() => scene.end())

const log = (...notes: string[]) => scene.log(notes)

describe('another PIN', () => {
  /** Whoever is at the gate changes it. */
  async function change(old: string, next: string): Promise<string> {
    const proved = await (await gate.guards()).prove(old)
    return proved.is === 'right' ? proved.choose(next) : proved.is
  }

  it('takes the place of the old one, offline; nothing is lost and nobody else’s PIN changes', async () => {
    const [entry] = await log('改密码之前')
    expect(await change(pinA, '2468')).toBe('set')
    await gate.lock()
    expect((await gate.open(first, pinA)).is).toBe('wrong')
    expect((await gate.open(first, '2468')).is).toBe('open')
    expect((await gate.tab.open.store.mine(1))[0]?.entry.id).toBe(entry?.id)
    expect((await gate.open(second, pinB)).is).toBe('open')
  })

  it('is chosen by who knows the old one; wrong tries cost what they cost at opening', async () => {
    for (let n = 0; n < 4; n++) expect(await change('8642', '2468')).toBe('wrong')
    const guards = await gate.guards()
    expect(await guards.prove('8642')).toEqual({ is: 'wrong', waitMs: 30_000 })
    expect(await guards.prove(pinA)).toEqual({ is: 'wait', waitMs: 30_000 })
    await gate.lock()
    expect(await gate.open(first, pinA)).toEqual({ is: 'wait', waitMs: 30_000 })
  })

  it('a right one ends the count of wrong ones', async () => {
    for (let n = 0; n < 4; n++) await change('8642', '2468')
    expect(await change(pinA, '2468')).toBe('set')
    for (let n = 0; n < 4; n++) expect(await change('8642', '1357')).toBe('wrong')
    expect(await change('2468', '1357')).toBe('set')
  })

  it('where the storage fails in the midst, the old one goes on opening', async () => {
    const proved = await (await gate.guards()).prove(pinA)
    const put = vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(() => {
      throw new DOMException('full', 'QuotaExceededError')
    })
    expect(proved.is === 'right' && (await proved.choose('2468'))).toBe('failed')
    put.mockRestore()
    await gate.lock()
    expect((await gate.open(first, pinA)).is).toBe('open')
  })

  it('with the power gone at any moment, the old one or the new one opens the vault, and never neither', async () => {
    await log('改密码之前')
    const proved = await (await gate.guards()).prove(pinA)
    const registry = new GuardsDb({ indexedDB: gate.phone.indexedDB, IDBKeyRange })
    // What stands on the disk after each transaction that wrote to it.
    const stood = new Set<string>()
    const look = async () => {
      const pin = (await registry.guards.get(first))?.pin
      stood.add(
        JSON.stringify([...(pin?.salt ?? []), ...(pin?.locked.iv ?? []), ...(pin?.locked.data ?? [])]),
      )
    }
    await look()
    const commit = vi.spyOn(IDBObjectStore.prototype, 'put')
    expect(proved.is === 'right' && (await proved.choose('2468'))).toBe('set')
    await look()
    // One row, written once: there is no state between the two. What sync writes meanwhile lies elsewhere.
    const written = commit.mock.contexts.filter(
      (store) => store instanceof IDBObjectStore && store.transaction.db.name === registry.name,
    )
    expect(written).toHaveLength(1)
    expect(stood.size).toBe(2)
    commit.mockRestore()
    registry.close()
  })

  it('two tabs that both know the old one: the first counts, the other is told', async () => {
    const guards = await gate.guards()
    const [one, two] = [await guards.prove(pinA), await guards.prove(pinA)]
    expect(one.is === 'right' && (await one.choose('2468'))).toBe('set')
    expect(two.is === 'right' && (await two.choose('8642'))).toBe('failed')
    await gate.lock()
    expect((await gate.open(first, '2468')).is).toBe('open')
  })

  it('nobody chooses one where nobody is at the gate', async () => {
    await gate.lock()
    expect(await (await gate.guards()).prove(pinA)).toEqual({ is: 'failed' })
  })
})
