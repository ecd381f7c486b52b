import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { inviteGuard } from '../support/desk.ts'
import { ChromiumHand, shows } from '../support/hand.ts'
import { Phone } from '../support/phone.ts'
import { SampleScene } from '../support/sampleScene.ts'
import { complaintsOn, large, press, row, said, tooWide, usual, type Screens } from '../support/screens.ts'
import { join, typeHome } from '../support/story.ts'
import { words } from '../support/words.ts'

async function decide(hand: ChromiumHand): Promise<void> {
  await typeHome(hand, '3-2')
  await hand.page.getByRole('main').getByRole('button', { name: /^3-2-/ }).first().click()
}

/** Of the sample's gates one that asks for the code, too. */
const codeGate = /东门/
/** A fever, when the code is still to be told. */
async function feverish(hand: ChromiumHand): Promise<void> {
  await decide(hand)
  for (const key of ['38', '.1']) await hand.press(key)
  await hand.page.getByRole('group', { name: said('gate.code') }).waitFor()
}

/** How far what is asked reaches below the top of the buttons to decide, px; not above 0 where all of it is seen. */
const hiddenPx = (hand: ChromiumHand): Promise<number> =>
  hand.page.evaluate(() => {
    const [ask, acts] = ['section.ask', '.actions'].map((one) => document.querySelector(`main ${one}`))
    return (
      (ask?.getBoundingClientRect().bottom ?? Infinity) - (acts?.getBoundingClientRect().top ?? -Infinity)
    )
  })

const bothScreens: Screens = {
  join: { path: '/join' },
  ready: { path: '/ready' },
  me: { path: '/me' },
  'a wrong address': { path: '/nowhere' },
  records: { path: '/records' },
  'phone to phone': { path: '/relay' },
  'hand over': { path: '/relay/give' },
  'scan the other phone': { path: '/relay/take' },
  settings: { path: '/settings' },
  help: { path: '/help' },
}
const guardScreens: Screens = {
  ...bothScreens,
  gate: { path: '/gate' },
  'gate, a home': { path: '/gate', press: decide },
  'gate, a fever': { path: '/gate', press: feverish },
  'gate, a vehicle': { path: '/gate', press: press('gate.subject.vehicle') },
  'gate, by name': { path: '/gate', press: press('gate.ask.name') },
  inside: { path: '/gate/inside' },
  log: { path: '/gate/log' },
  'an entry': { path: '/gate/log', press: row(0) },
  'a correction': {
    path: '/gate/log',
    press: async (hand) => {
      await row(0)(hand)
      await press('gate.entry.correct')(hand)
    },
  },
  handover: { path: '/gate/handover' },
  'their day': { path: '/today' },
  'their turns': { path: '/turns' },
  'open turns': { path: '/turns/open' },
  'an open turn': { path: '/turns/open', press: row(0) },
}

describe('every screen of a guard’s phone, in both themes and at 200 % text', () => {
  const scene = new SampleScene()
  const phone = new Phone()
  let guard: ChromiumHand

  beforeAll(async () => {
    await scene.begin()
    const link = await inviteGuard(scene.coordinator, scene.origin, 'Sample guard')
    guard = new ChromiumHand(await phone.switchOn())
    await join(guard, link, 'Sample guard')
    await guard.press(words('enrol.begin'))
    await shows(guard, words('gate.choose.title'))
    await guard.page.getByRole('main').getByRole('button', { name: codeGate }).first().click()
    await shows(guard, words('gate.ask.home'))
  }, 240_000)
  afterAll(async () => {
    await phone.end()
    await scene.end()
  })

  it.each(Object.entries(guardScreens))('%s', async (_name, screen) => {
    expect(await complaintsOn(guard, scene.origin, screen, [...usual, ...large])).toEqual([])
  })

  it('with a fever all that is asked stands above the two buttons, and the segments have a gloved thumb’s height', async () => {
    await guard.page.emulateMedia({ colorScheme: 'light' })
    await guard.goto(`${scene.origin}/gate`)
    const segment = guard.page.locator('fieldset label').first()
    expect((await segment.boundingBox())?.height).toBeGreaterThanOrEqual(64)
    await feverish(guard)
    expect(await hiddenPx(guard)).toBeLessThanOrEqual(0)
  })

  it('nothing scrolls sideways at 320 px or in landscape, in traditional Chinese and with forced colours', async () => {
    expect(await tooWide(guard, scene.origin, guardScreens)).toEqual([])
  })
})
