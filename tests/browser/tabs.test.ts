import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { freezeTab } from '../support/frozenTab.ts'
import { ChromiumHand, shows } from '../support/hand.ts'
import type { Phone } from '../support/phone.ts'
import { Scene } from '../support/scene.ts'
import { admitHome, figures } from '../support/story.ts'
import { words } from '../support/words.ts'

describe('two tabs of one phone', () => {
  const scene = new Scene()
  let phone: Phone
  let first: ChromiumHand
  let second: ChromiumHand

  beforeAll(async () => {
    await scene.begin()
    ;({ phone, hand: first } = await scene.guard('Sample guard'))
    second = new ChromiumHand(await phone.context.newPage())
    await second.goto(`${scene.origin}/gate`)
  })
  afterAll(() => scene.end())

  it('both write at once, one counter, nothing lost or doubled', async () => {
    for (let round = 0; round < 2; round++)
      await Promise.all([admitHome(first, '3-2-501'), admitHome(second, '3-2-502')])
    await shows(second, words('sync.pill.sent'), 30_000)
    expect(await figures(first, scene.origin)).toEqual({ logged: 4, received: 4 })
    expect(new Set(await scene.atCentre()).size).toBe(4)
  })

  it('a tab that was frozen with the lock is replaced when another one is used, and sends nothing twice (failure mode 20)', async () => {
    // Loaded anew, the first one leaves the lock to the second.
    await first.goto(`${scene.origin}/gate`)
    const goOn = await freezeTab(second.page, first.page)
    await admitHome(first, '3-2-501')
    await shows(first, words('sync.pill.waiting', { n: 1 }))
    await shows(first, words('sync.pill.sent'), 30_000)
    await goOn()
    await admitHome(second, '3-2-502')
    await shows(second, words('sync.pill.sent'), 30_000)
    expect(await figures(first, scene.origin)).toEqual({ logged: 6, received: 6 })
    const ids = await scene.atCentre()
    expect([ids.length, new Set(ids).size]).toEqual([6, 6])
  })

  it('the other tab goes on sending when the one that sent is closed (failure mode 20)', async () => {
    await first.page.close()
    await admitHome(second, '1-1-101')
    await shows(second, words('sync.pill.sent'), 30_000)
    expect(new Set(await scene.atCentre()).size).toBe(7)
  })

  it('a sign-out in one tab leaves nothing on the screen of another', async () => {
    await second.goto(`${scene.origin}/gate/log`)
    await shows(second, '1-1-101')
    const third = new ChromiumHand(await phone.context.newPage())
    await third.goto(`${scene.origin}/settings`)
    await third.press(words('settings.leaveAct'))
    await third.press(words('settings.leaveYes'))
    await shows(third, words('settings.leaveTold'))
    await shows(second, words('enrol.title'))
    expect(await second.text()).not.toContain('1-1-101')
    expect(phone.complaints).toEqual([])
  })
})
