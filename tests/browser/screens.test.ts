import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { setTextSize } from '../support/axe.ts'
import { beginWithSample, inviteGuard } from '../support/desk.ts'
import { deskScreens } from '../support/deskScreens.ts'
import { codeGate, feverish, guardScreens } from '../support/guardScreens.ts'
import { ChromiumHand, shows } from '../support/hand.ts'
import { Phone, phoneSize } from '../support/phone.ts'
import { complaintsOn, large, onPhone, tooWide, usual } from '../support/screens.ts'
import { Server } from '../support/server.ts'
import { join } from '../support/story.ts'
import { words } from '../support/words.ts'

/** How far the last key reaches below the top of the bar, px. */
const hiddenKeyPx = (hand: ChromiumHand): Promise<number> =>
  hand.page.evaluate(() => {
    const [key, bar] = [
      [...document.querySelectorAll('section.ask button')].at(-1),
      document.querySelector('nav'),
    ]
    return (key?.getBoundingClientRect().bottom ?? Infinity) - (bar?.getBoundingClientRect().top ?? -Infinity)
  })

/** How far what is asked reaches below the top of the buttons to decide, px; not above 0 where all of it is seen. */
const hiddenPx = (hand: ChromiumHand): Promise<number> =>
  hand.page.evaluate(() => {
    const [ask, acts] = ['section.ask', '.actions'].map((one) => document.querySelector(`main ${one}`))
    return (
      (ask?.getBoundingClientRect().bottom ?? Infinity) - (acts?.getBoundingClientRect().top ?? -Infinity)
    )
  })

describe('every screen', () => {
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
    await guard.page.getByRole('main').getByRole('button', { name: codeGate }).first().click()
    await shows(guard, words('gate.ask.home'))
  }, 240_000)
  afterAll(async () => {
    await phone.end()
    await laptop.end()
    await server.end()
  })

  describe('of a coordinator’s desk, in both themes, and on a phone at 200 % text', () => {
    it.each(Object.entries(deskScreens))('%s', async (_name, screen) => {
      const looks = [...usual, ...onPhone]
      expect(await complaintsOn(coordinator, server.origin, screen, looks)).toEqual([])
    })

    it('a card of a table answers wherever it is touched, and a figure on its own', async () => {
      await coordinator.page.setViewportSize(phoneSize)
      await coordinator.goto(`${server.origin}/desk/board`)
      const card = coordinator.page.locator('tbody tr').first()
      const box = await card.boundingBox()
      expect(box?.height).toBeGreaterThanOrEqual(48)
      await card.click({ position: { x: (box?.width ?? 0) - 8, y: 8 } })
      await coordinator.page.waitForURL(/\/desk\/log\?gate=[^&]+&what=all$/)
      await coordinator.page.goBack()
      await card.locator('a.figure').first().click()
      await coordinator.page.waitForURL(/what=(passage|inside|fever)$/)
    })

    it('nothing scrolls sideways at 320 px or in landscape, in traditional Chinese and with forced colours', async () => {
      expect(await tooWide(coordinator, server.origin, deskScreens)).toEqual([])
    })
  })

  describe('of a guard’s phone, in both themes and at 200 % text', () => {
    it.each(Object.entries(guardScreens))('%s', async (_name, screen) => {
      expect(await complaintsOn(guard, server.origin, screen, [...usual, ...large])).toEqual([])
    })

    it('with a fever all that is asked stands above the two buttons, and the segments have a gloved thumb’s height', async () => {
      await guard.page.emulateMedia({ colorScheme: 'light' })
      await guard.goto(`${server.origin}/gate`)
      const segment = guard.page.locator('fieldset label').first()
      expect((await segment.boundingBox())?.height).toBeGreaterThanOrEqual(64)
      await feverish(guard)
      expect(await hiddenPx(guard)).toBeLessThanOrEqual(0)
    })

    it.each([100, 150, 200])(
      'with text at %d % a home’s keys are all in view, in Chinese',
      async (percent) => {
        await guard.page.evaluate(() => localStorage.setItem('gatepost-locale', 'zh-Hans'))
        await guard.goto(`${server.origin}/gate`)
        await guard.page.locator('section.ask button').first().waitFor()
        await setTextSize(guard.page, percent)
        expect(await hiddenKeyPx(guard)).toBeLessThanOrEqual(0)
        await guard.page.evaluate(() => localStorage.setItem('gatepost-locale', 'en'))
      },
    )

    it('nothing scrolls sideways at 320 px or in landscape, in traditional Chinese and with forced colours', async () => {
      expect(await tooWide(guard, server.origin, guardScreens)).toEqual([])
    })
  })
})
