import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { complaintsOf, sidewaysPx } from '../support/axe.ts'
import { cameraAllowed, filmArgs } from '../support/cameraFilm.ts'
import { newFolder, removeFolder } from '../support/folders.ts'
import { ChromiumHand, shows } from '../support/hand.ts'
import { airplane, type Phone } from '../support/phone.ts'
import { Scene } from '../support/scene.ts'
import { filmScreen } from '../support/screenFilm.ts'
import { admitHome, figures } from '../support/story.ts'
import { until } from '../support/waiting.ts'
import { words } from '../support/words.ts'

const code = 'canvas'

describe('from phone to phone, without a network', () => {
  const scene = new Scene()
  const folder = newFolder('relay')
  const [out, home] = [join(folder, 'parcel.mjpeg'), join(folder, 'receipt.mjpeg')]
  const wide = { width: 640, height: 800 }
  let origin: { phone: Phone; hand: ChromiumHand }
  let carrier: { phone: Phone; hand: ChromiumHand }
  let saved: string[] = []

  beforeAll(async () => {
    await scene.begin()
    origin = await scene.guard('Sample guard', wide)
    carrier = await scene.guard('Second sample guard', wide)
  })
  afterAll(async () => {
    await scene.end()
    removeFolder(folder)
  })

  /** The phone's app is opened with its camera on this film, and no network. */
  async function before(film: string, held: typeof origin): Promise<void> {
    await held.phone.switchOff()
    held.hand = new ChromiumHand(await held.phone.switchOn([...filmArgs(film), cameraAllowed]))
    await airplane(held.phone, true)
    await held.hand.goto(`${scene.origin}/relay/take`)
  }

  async function fits({ hand }: typeof origin): Promise<void> {
    expect(await complaintsOf(hand.page)).toEqual([])
    await hand.page.setViewportSize({ width: 320, height: 640 })
    expect(await sidewaysPx(hand.page)).toBe(0)
    await hand.page.setViewportSize(wide)
  }

  it('[RL2], [RL6] one phone’s screen is read by another one’s camera, both offline', async () => {
    await airplane(origin.phone, true)
    for (const number of ['3-2-501', '3-2-502', '1-1-101']) await admitHome(origin.hand, number)
    await origin.hand.goto(`${scene.origin}/relay`)
    await shows(origin.hand, words('relay.handed'))
    await fits(origin)
    await origin.hand.press(words('relay.give.open'))
    await origin.hand.page.locator(code).waitFor()
    await fits(origin)
    await filmScreen(origin.hand.page, code, 24, out)
    await before(out, carrier)
    await shows(carrier.hand, words('relay.taken.parcelText'))
    await fits(carrier)
    await origin.hand.press(words('relay.give.done'))
    await shows(origin.hand, words('relay.give.givenText'))
    expect(await figures(origin.hand, scene.origin)).toEqual({ logged: 3, received: 0 })
    await shows(origin.hand, words('relay.row'))
  })

  it('[RL3] the carrier brings it to the centre by itself once it has a network', async () => {
    await carrier.hand.goto(`${scene.origin}/relay`)
    await shows(carrier.hand, words('relay.carried.waiting'))
    await fits(carrier)
    expect(await scene.atCentre()).toEqual([])
    await airplane(carrier.phone, false)
    await shows(carrier.hand, words('relay.carried.back'), 60_000)
    saved = await scene.atCentre()
    expect(saved).toHaveLength(3)
  })

  it('[RL4], [RL5] the receipt goes back the same way, to a phone that never had a network', async () => {
    await carrier.hand.page.getByRole('link', { name: words('relay.carried.back') }).click()
    await carrier.hand.page.locator(code).waitFor()
    await fits(carrier)
    await filmScreen(carrier.hand.page, code, 24, home)
    await before(home, origin)
    await shows(origin.hand, words('relay.taken.receiptText'))
    expect(await figures(origin.hand, scene.origin)).toEqual({ logged: 3, received: 3 })
    await carrier.hand.press(words('relay.back.done'))
    await shows(carrier.hand, words('relay.what'))
    expect(await carrier.hand.text()).not.toContain(words('relay.carried.back'))
  })

  it('nothing is doubled when that phone meets the network at last (failure mode 14)', async () => {
    await airplane(origin.phone, false)
    await origin.hand.goto(`${scene.origin}/gate`)
    await admitHome(origin.hand, '3-2-501')
    await until('the centre has the fourth', async () => (await scene.atCentre()).length === 4, 60_000)
    expect((await scene.atCentre()).slice(0, 3)).toEqual(saved)
  })

  it('complained of nothing', () => {
    expect([...origin.phone.complaints, ...carrier.phone.complaints]).toEqual([])
  })
})
