import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { complaintsOf, setTextSize, sidewaysPx } from '../support/axe.ts'
import { beginWithSample, inviteGuard } from '../support/desk.ts'
import { ChromiumHand, shows } from '../support/hand.ts'
import { Phone } from '../support/phone.ts'
import { Server } from '../support/server.ts'
import { join } from '../support/story.ts'
import { words } from '../support/words.ts'

const guardScreens = ['/gate', '/gate/inside', '/gate/log', '/gate/handover', '/records', '/settings']
const deskScreens = [
  '/desk/board',
  '/desk/log',
  '/desk/people',
  '/desk/people?tab=phones',
  '/desk/places',
  '/desk/attention',
]
const bothScreens = ['/join', '/ready', '/me', '/nowhere']

describe('every screen, in both themes and at 200 % text', () => {
  const server = new Server()
  const laptop = new Phone({ width: 1280, height: 800 })
  const phone = new Phone()
  let coordinator: ChromiumHand
  let guard: ChromiumHand

  beforeAll(async () => {
    await server.start()
    coordinator = new ChromiumHand(await laptop.switchOn())
    await beginWithSample(coordinator, server.setupLink())
    const link = await inviteGuard(coordinator, server.origin, 'Sample guard')
    guard = new ChromiumHand(await phone.switchOn())
    await join(guard, link, 'Sample guard')
    await guard.press(words('enrol.begin'))
    await shows(guard, words('gate.choose.title'))
    await guard.page.getByRole('main').getByRole('button').first().click()
    await shows(guard, words('gate.ask.home'))
  }, 240_000)
  afterAll(async () => {
    await laptop.end()
    await phone.end()
    await server.end()
  })

  /** Opens the screen and lets it settle. */
  async function open(hand: ChromiumHand, path: string): Promise<void> {
    await hand.goto(server.origin + path)
    await hand.page.getByRole('heading', { level: 1 }).first().waitFor()
    await settled(hand)
  }

  /** Nothing moves any more. */
  const settled = (hand: ChromiumHand) =>
    hand.page.waitForFunction(() => document.getAnimations().every((one) => one.playState !== 'running'))

  async function look(hand: ChromiumHand, path: string): Promise<string[]> {
    const found: string[] = []
    await open(hand, path)
    for (const theme of ['light', 'dark'] as const) {
      await hand.page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' })
      for (const percent of [100, 200]) {
        await setTextSize(hand.page, percent)
        await settled(hand)
        const here = await complaintsOf(hand.page)
        const sideways = await sidewaysPx(hand.page)
        if (sideways > 0) here.push(`${sideways} px too wide`)
        found.push(...here.map((one) => `${theme} ${percent} %: ${one}`))
      }
    }
    return found
  }

  it.each([...guardScreens, ...bothScreens])('guard’s phone: %s', async (path) => {
    expect(await look(guard, path)).toEqual([])
  })

  it.each(deskScreens)('coordinator’s desk: %s', async (path) => {
    expect(await look(coordinator, path)).toEqual([])
  })

  it.each(deskScreens)('coordinator’s phone: %s', async (path) => {
    await coordinator.page.setViewportSize({ width: 360, height: 740 })
    expect(await look(coordinator, path)).toEqual([])
  })

  it.each(['/gate', '/desk/board'])('nothing scrolls sideways at 320 px: %s', async (path) => {
    const hand = path === '/gate' ? guard : coordinator
    await hand.page.setViewportSize({ width: 320, height: 640 })
    await open(hand, path)
    expect(await sidewaysPx(hand.page)).toBe(0)
  })
})
