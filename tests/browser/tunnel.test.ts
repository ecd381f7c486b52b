import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Draft } from '../../src/domain/entry.ts'
import { ChromiumHand, shows } from '../support/hand.ts'
import { factsInPage, saveInPage } from '../support/pageStore.ts'
import { Network } from '../support/network.ts'
import { airplane, type Phone } from '../support/phone.ts'
import { Scene } from '../support/scene.ts'
import { admitHome, figures } from '../support/story.ts'
import { until } from '../support/waiting.ts'
import { words } from '../support/words.ts'

const [days, aDay, tapped] = [3, 1_000, 4]
const all = days * aDay
const homes = ['3-2-501', '3-2-502', '1-1-101', '3-2-501']
const hourMs = 3_600_000

/** The home that the visitor with this number is going to; no two share one. Names are masked on other phones. */
const homeOf = (n: number): string => `90-1-${1000 + n}`

describe('through the tunnel: three days and 3,000 entries without a network', () => {
  const scene = new Scene()
  /** The first phone's own. A browser that just started may send before it hears that it is in a plane. */
  const network = new Network(() => scene.server.port)
  let phone: Phone
  let hand: ChromiumHand
  let second: ChromiumHand

  /** A day's visitors, spread over its hours. Day 0 lies farthest back. */
  function visitors(day: number): Draft[] {
    const { gate: post, logbook } = scene.place
    const [first, begins] = [day * aDay, Date.now() - (days - day) * 23 * hourMs]
    return Array.from({ length: aDay - tapped }, (_, i) => ({
      kind: 'passage',
      logbook,
      at: Math.round(begins + (i / aDay) * 22 * hourMs),
      body: {
        post,
        way: 'in',
        subject: 'person',
        how: 'name',
        name: '样本甲',
        home: homeOf(first + i),
        purpose: 'visitor',
        decision: 'admit',
      },
    }))
  }

  beforeAll(async () => {
    await scene.begin()
    await network.start()
    ;({ phone, hand } = await scene.guard('Sample guard', {}, network.origin))
    second = (await scene.guard('Second sample guard')).hand
    network.change('down')
    await airplane(phone, true)
  })
  afterAll(async () => {
    await scene.end()
    await network.end()
  })

  it.each([
    ['is closed', () => phone.switchOff()],
    ['loses its battery', () => phone.die()],
    ['is closed again', () => phone.switchOff()],
  ])('logs a day’s thousand entries; then the phone %s', async (_what, end) => {
    const before = (await figures(hand, network.origin)).logged
    await hand.goto(`${network.origin}/gate`)
    await saveInPage(hand.page, visitors(before / aDay))
    for (const home of homes) await admitHome(hand, home)
    await end()
    hand = new ChromiumHand(await phone.switchOn())
    await airplane(phone, true)
    expect(await figures(hand, network.origin)).toEqual({ logged: before + aDay, received: 0 })
  })

  it('shows the first and the last of them on the phone, and none of them elsewhere', async () => {
    await hand.goto(`${network.origin}/gate/log`)
    await shows(hand, '1-1-101')
    await hand.fill(words('gate.log.search'), homeOf(0))
    await shows(hand, homeOf(0))
    expect(await scene.atCentre()).toEqual([])
    await second.goto(`${scene.origin}/gate/log`)
    await shows(second, words('gate.log.none'))
  })

  it('sends them by itself when the network is back, and says so with both figures', async () => {
    await hand.goto(`${network.origin}/records`)
    network.change('through')
    await airplane(phone, false)
    const n = all.toLocaleString('en-US')
    await shows(hand, words('sync.receipt', { logged: n, received: n }), 60_000)
    await shows(hand, words('sync.pill.sent'))
    expect(await figures(hand, network.origin)).toEqual({ logged: all, received: all })
    const ids = await scene.atCentre()
    expect(ids).toHaveLength(all)
    expect(new Set(ids).size).toBe(all)
  })

  it('shows them on the second guard’s phone, where nobody pressed anything', async () => {
    await shows(second, '1-1-101')
    const has = async (): Promise<boolean> =>
      (await factsInPage(second.page, scene.place.logbook, 'passage')) === all
    await until('the second phone has all of them', has)
    await second.fill(words('gate.log.search'), homeOf(0))
    await shows(second, homeOf(0))
    expect(phone.complaints).toEqual([])
  })
})
