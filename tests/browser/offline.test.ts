import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ChromiumHand, shows } from '../support/hand.ts'
import { airplane, type Phone } from '../support/phone.ts'
import { Scene } from '../support/scene.ts'
import { admitHome, admitPlate, figures } from '../support/story.ts'
import { until } from '../support/waiting.ts'
import { words } from '../support/words.ts'

describe('a guard’s day without a network', () => {
  const scene = new Scene()
  let phone: Phone
  let hand: ChromiumHand
  const homes = ['3-2-501', '3-2-502', '1-1-101']

  beforeAll(async () => {
    await scene.begin()
    ;({ phone, hand } = await scene.guard('Sample guard'))
  })
  afterAll(() => scene.end())

  it('logs people and vehicles with the network cut and the server stopped', async () => {
    await airplane(phone, true)
    await scene.server.stop()
    for (const home of homes) await admitHome(hand, home)
    await admitPlate(hand, '京A12345')
    expect(await figures(hand, scene.origin)).toEqual({ logged: 4, received: 0 })
  })

  it('has all of it after the app was closed and opened again, still without a network (failure mode 35)', async () => {
    await phone.switchOff()
    hand = new ChromiumHand(await phone.switchOn())
    await airplane(phone, true)
    expect(await figures(hand, scene.origin)).toEqual({ logged: 4, received: 0 })
  })

  it('has what was saved a moment before the battery died (failure mode 4)', async () => {
    await hand.goto(`${scene.origin}/gate`)
    await admitHome(hand, '3-2-501')
    await phone.die()
    hand = new ChromiumHand(await phone.switchOn())
    expect(await figures(hand, scene.origin)).toEqual({ logged: 5, received: 0 })
  })

  it('sends everything by itself once there is a network, exactly once (failure mode 14)', async () => {
    await scene.server.start()
    await shows(hand, words('sync.pill.sent'), 60_000)
    expect(await figures(hand, scene.origin)).toEqual({ logged: 5, received: 5 })
    const ids = await scene.atCentre()
    expect(ids).toHaveLength(5)
    expect(new Set(ids).size).toBe(5)
  })

  it('shows an entry on a second guard’s phone within two seconds of its arrival', async () => {
    const second = await scene.guard('Second sample guard')
    await second.hand.goto(`${scene.origin}/gate/log`)
    await shows(second.hand, '京A·12345')
    const before = (await second.hand.text()).split('1-1-101').length
    await hand.goto(`${scene.origin}/gate`)
    await admitHome(hand, '1-1-101')
    await until('the centre has it', async () => (await scene.atCentre()).length === 6)
    const isThere = async (): Promise<boolean> => (await second.hand.text()).split('1-1-101').length > before
    await until('the second phone shows it', isThere, 2_000)
    expect(second.phone.complaints).toEqual([])
  })

  it('complained of nothing all day', () => {
    expect(phone.complaints).toEqual([])
  })
})
