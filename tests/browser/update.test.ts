import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { newFolder, removeFolder } from '../support/folders.ts'
import { shows, type ChromiumHand } from '../support/hand.ts'
import type { Phone } from '../support/phone.ts'
import { Scene } from '../support/scene.ts'
import { buildVersion } from '../support/secondBuild.ts'
import { typeHome } from '../support/story.ts'
import { words } from '../support/words.ts'

describe('a new version of the app', () => {
  const scene = new Scene()
  const later = newFolder('build')
  let phone: Phone
  let hand: ChromiumHand

  beforeAll(async () => {
    await buildVersion('99.0.0', later)
    await scene.begin()
    ;({ phone, hand } = await scene.guard('Sample guard'))
  })
  afterAll(async () => {
    await scene.end()
    removeFolder(later)
  })

  it('does not touch a half-filled form (failure mode 10)', async () => {
    await typeHome(hand, '3-2-5')
    await hand.page.evaluate(() => Object.assign(globalThis, { sameDocument: true }))
    await scene.server.stop()
    await scene.server.start({ client: later })
    await hand.page.evaluate(() => navigator.serviceWorker.getRegistration().then((found) => found?.update()))
    await shows(hand, words('common.updateDirty'), 60_000)
    expect(await hand.page.evaluate(() => 'sameDocument' in globalThis)).toBe(true)
    await shows(hand, '501')
  })

  it('lets the old version go on, lazy screens included (failure mode 9)', async () => {
    await hand.press(words('gate.tab.handover'))
    await shows(hand, words('gate.handover.give'))
    await hand.press(words('gate.tab.inside'))
    await shows(hand, words('gate.inside.title'))
    expect(await hand.page.evaluate(() => 'sameDocument' in globalThis)).toBe(true)
  })

  it('comes when the person says so, once and without a loop (failure modes 11 and 12)', async () => {
    let loads = 0
    hand.page.on('load', () => loads++)
    await hand.press(words('common.updateNow'))
    await hand.page.waitForEvent('load')
    await hand.goto(`${scene.origin}/settings`)
    await shows(hand, '99.0.0')
    expect(loads).toBeLessThanOrEqual(2)
    expect(phone.complaints).toEqual([])
  })
})
