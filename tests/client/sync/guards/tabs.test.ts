import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { quiet } from '../../../support/eventually.ts'
import type { SharedPhone } from '../../../support/sharedPhone.ts'
import { first, pinB, second, TwoGuards } from '../../../support/twoGuards.ts'

const scene = new TwoGuards()
let gate: SharedPhone
beforeEach(async () => {
  await scene.begin()
  gate = scene.gate
})
afterEach(() => scene.end())

describe('two tabs of a shared phone', () => {
  let other: SharedPhone
  beforeEach(async () => {
    other = gate.beside()
    other.session = first
    await other.start()
  })
  afterEach(() => other.tab.close())
  const who = (tab: SharedPhone) => tab.tab.open.identity.get()?.name

  it('the other one shows nothing while the guard is locked, loads once, and is with whoever was opened', async () => {
    expect(who(other)).toBe('样本甲')
    const before = other.loads
    expect((await gate.open(second, pinB)).is).toBe('open')
    expect(other.blank || other.loads > before).toBe(true)
    await other.settled()
    expect([gate, other].map(who)).toEqual(['样本乙', '样本乙'])
    expect([gate, other].map(({ seat }) => seat.database)).toEqual([second, second])
    expect(other.loads - before).toBe(1)
    expect((await scene.log(['另一页'], other))[0]?.by).toBe(gate.tab.open.identity.get()?.member)
  })

  it('and with nobody, after locking', async () => {
    await gate.lock()
    await other.settled()
    expect([gate, other].map(who)).toEqual([undefined, undefined])
    expect(other.seat.database).toBe(gate.seat.database)
  })

  it('one that is loaded in the midst of a change waits for it, and locks nobody who was just opened', async () => {
    const release = await holdChanges()
    const opened = gate.open(second, pinB)
    other.tab.close()
    void other.start()
    await quiet()
    release()
    await opened
    await other.settled()
    expect([gate, other].map(who)).toEqual(['样本乙', '样本乙'])
  })

  it('a change that takes longer than a tab is waited for is not cut into by one that begins: it asks for a PIN', async () => {
    const release = await holdChanges()
    other.tab.close()
    const loaded = other.start()
    await quiet()
    gate.phone.time.pass(25_000)
    await loaded
    expect(who(other)).toBeUndefined()
    expect(other.seat.pinned).toBe(false)
    expect([gate.kept, who(gate)]).toEqual([first, '样本甲'])
    release()
  })

  /** Some tab is in the midst of changing guards, until the answer is called. */
  async function holdChanges(): Promise<() => void> {
    let release = (): void => undefined
    const options = { steal: false, giveUp: new AbortController().signal }
    await new Promise<void>((held) => {
      void gate.phone.locks?.hold('gatepost-guards', options, () => {
        held()
        return new Promise((done) => (release = done))
      })
    })
    return () => release()
  }
})
