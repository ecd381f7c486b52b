import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { ChromiumHand } from '../support/hand.ts'
import { shows } from '../support/hand.ts'
import type { Phone } from '../support/phone.ts'
import { Scene } from '../support/scene.ts'
import { admitHome, figures } from '../support/story.ts'
import { until } from '../support/waiting.ts'
import { words } from '../support/words.ts'

describe('a network that lies', () => {
  const scene = new Scene()
  let phone: Phone
  let hand: ChromiumHand

  beforeAll(async () => {
    await scene.begin()
    ;({ phone, hand } = await scene.guard('Sample guard'))
  })
  afterAll(() => scene.end())

  it('a captive portal’s 200 is no receipt: the entry waits ([PU4], failure mode 18)', async () => {
    scene.network.change('portal')
    await admitHome(hand, '3-2-501')
    await hand.goto(`${scene.origin}/records`)
    await hand.press(words('sync.tryNow'))
    await shows(hand, words('sync.problem.not-gatepost'))
    expect(await figures(hand, scene.origin)).toEqual({ logged: 1, received: 0 })
    expect(await scene.atCentre()).toEqual([])
  })

  it('the app itself still opens, not the portal’s page', async () => {
    await hand.goto(`${scene.origin}/gate`)
    await shows(hand, words('gate.ask.home'))
  })

  it('a lost acknowledgement makes no second entry ([PU3], failure mode 14)', async () => {
    scene.network.change('deaf')
    await admitHome(hand, '3-2-502')
    await until('answers were lost', () => scene.network.lost > 0, 60_000)
    scene.network.change('through')
    await hand.goto(`${scene.origin}/records`)
    await hand.press(words('sync.tryNow'))
    await shows(hand, words('sync.pill.sent'), 60_000)
    expect(await figures(hand, scene.origin)).toEqual({ logged: 2, received: 2 })
    const ids = await scene.atCentre()
    expect(ids).toHaveLength(2)
    expect(new Set(ids).size).toBe(2)
    expect(phone.complaints).toEqual([])
  })
})
