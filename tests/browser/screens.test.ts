import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { complaintsOf, setTextSize, sidewaysPx } from '../support/axe.ts'
import { beginWithSample, inviteGuard } from '../support/desk.ts'
import { ChromiumHand, shows } from '../support/hand.ts'
import { Phone } from '../support/phone.ts'
import { Server } from '../support/server.ts'
import { join, typeHome } from '../support/story.ts'
import { words, type Language } from '../support/words.ts'

/** A path, or one that is found on another screen; then what is pressed there. */
interface Screen {
  path: string
  /** Of the links on that screen, the first that ends so leads on. */
  link?: RegExp
  press?: (hand: ChromiumHand) => Promise<void>
}
type Screens = Record<string, Screen>

/** How a screen is looked at: theme, text size in percent, and what is asked of it. */
type Look = readonly ['light' | 'dark', number, 'all' | 'colours']
const usual: readonly Look[] = [
  ['light', 100, 'all'],
  ['dark', 100, 'colours'],
]
const large: readonly Look[] = [['dark', 200, 'all']]
let language: Language = 'en'

/** The row of the list with this number, from 0. */
const row =
  (n: number) =>
  (hand: ChromiumHand): Promise<void> =>
    hand.page.getByRole('main').getByRole('listitem').nth(n).getByRole('button').first().click()
const press =
  (...names: string[]) =>
  async (hand: ChromiumHand): Promise<void> => {
    for (const name of names) await hand.press(words(name, {}, language))
  }
/** On a desk a turn stands in the week, on a phone in the day's list. */
const turn = (hand: ChromiumHand): Promise<void> =>
  hand.page.locator('td .chip, main li button').first().click()
async function decide(hand: ChromiumHand): Promise<void> {
  await typeHome(hand, '3-2')
  await hand.page.getByRole('main').getByRole('button', { name: /^3-2-/ }).first().click()
}

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
const deskScreens: Screens = {
  board: { path: '/desk/board' },
  'on duty': { path: '/desk/duty' },
  'on duty, by place': { path: '/desk/duty?tab=places' },
  'on duty, by unit': { path: '/desk/duty?tab=units' },
  'export of hours': { path: '/desk/duty', press: press('desk.export.title') },
  'check-ins': { path: '/desk/duty/entries?what=yesterday' },
  'a paper sheet': { path: '/desk/duty/paper' },
  'sign-in sheets': { path: '/desk/print/sheet' },
  units: { path: '/desk/units' },
  'a new unit': { path: '/desk/units', press: press('units.add') },
  'a unit signs in': { path: '/units' },
  log: { path: '/desk/log' },
  'an entry': { path: '/desk/log', press: row(0) },
  export: { path: '/desk/log', press: press('desk.export.title') },
  people: { path: '/desk/people' },
  'a member': { path: '/desk/people', press: row(2) },
  'an invitation': { path: '/desk/people', press: press('desk.invite.title', 'desk.invite.make') },
  phones: { path: '/desk/people?tab=phones' },
  'a phone': { path: '/desk/people?tab=phones', press: row(0) },
  places: { path: '/desk/places' },
  'a new compound': { path: '/desk/places', press: press('desk.place.addCompound') },
  roster: { path: '/desk/roster' },
  'a turn': { path: '/desk/roster', press: turn },
  'somebody for a turn': {
    path: '/desk/roster',
    press: async (hand) => {
      await turn(hand)
      await press('plan.assign')(hand)
    },
  },
  'a week to copy': { path: '/desk/roster', press: press('plan.copyWeek') },
  'new turns': { path: '/desk/roster/new' },
  'the roster on paper': { path: '/desk/print/roster' },
  posts: { path: '/desk/posts' },
  'a new post': { path: '/desk/posts/new' },
  posters: { path: '/desk/print/posters' },
  'a gate and its rules': { path: '/desk/places', link: /\/gates\/[^/]{36}$/ },
  homes: { path: '/desk/places', link: /\/homes$/ },
  'a home': { path: '/desk/places', link: /\/homes$/, press: row(0) },
  'to do': { path: '/desk/attention' },
  'the community’s name': { path: '/desk/start' },
}

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

  async function goto(hand: ChromiumHand, path: string): Promise<void> {
    await hand.goto(server.origin + path)
    await hand.page.getByRole('heading', { level: 1 }).first().waitFor()
    await settled(hand)
  }

  async function linkOn(hand: ChromiumHand, link: RegExp): Promise<string> {
    const links = hand.page.locator('main a[href]')
    await links.first().waitFor()
    const paths = await links.evaluateAll((all) => all.map((one) => one.getAttribute('href') ?? ''))
    const found = paths.find((path) => link.test(path))
    if (!found) throw new Error(`No link ${String(link)} among ${paths.join(' ')}`)
    return found
  }

  /** Opens the screen and lets it settle. */
  async function open(hand: ChromiumHand, screen: Screen): Promise<void> {
    await goto(hand, screen.path)
    if (screen.link) await goto(hand, await linkOn(hand, screen.link))
    if (screen.press) await screen.press(hand)
    await settled(hand)
  }

  /** Nothing moves any more. */
  const settled = (hand: ChromiumHand) =>
    hand.page.waitForFunction(() => document.getAnimations().every((one) => one.playState !== 'running'))

  async function look(hand: ChromiumHand, screen: Screen, looks: readonly Look[]): Promise<string[]> {
    const found: string[] = []
    await open(hand, screen)
    for (const [theme, percent, rules] of looks) {
      await hand.page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' })
      await setTextSize(hand.page, percent)
      await settled(hand)
      const here = await complaintsOf(hand.page, rules)
      const sideways = await sidewaysPx(hand.page)
      if (sideways > 0) here.push(`${sideways} px too wide`)
      found.push(...here.map((one) => `${theme} ${percent} %: ${one}`))
    }
    return found
  }

  it.each(Object.entries(guardScreens))('guard’s phone: %s', async (_name, screen) => {
    expect(await look(guard, screen, [...usual, ...large])).toEqual([])
  })

  it.each(Object.entries(deskScreens))('coordinator’s desk: %s', async (_name, screen) => {
    expect(await look(coordinator, screen, usual)).toEqual([])
  })

  it.each(Object.entries(deskScreens))('coordinator’s phone: %s', async (_name, screen) => {
    await coordinator.page.setViewportSize({ width: 360, height: 740 })
    expect(await look(coordinator, screen, large)).toEqual([])
  })

  const narrow = { '320 px': { width: 320, height: 640 }, landscape: { width: 740, height: 360 } }

  /** How far each screen sticks out sideways, where it does. */
  async function wide(hand: ChromiumHand, screens: Screens): Promise<string[]> {
    const found: string[] = []
    for (const [name, screen] of Object.entries(screens)) {
      await open(hand, screen)
      for (const [size, pixels] of Object.entries(narrow)) {
        await hand.page.setViewportSize(pixels)
        const px = await sidewaysPx(hand.page)
        if (px > 0) found.push(`${name}, ${size}: ${px} px`)
      }
    }
    return found
  }

  it('nothing scrolls sideways at 320 px or in landscape, in traditional Chinese and with forced colours', async () => {
    language = 'zh-Hant'
    for (const hand of [guard, coordinator]) {
      await hand.page.evaluate((locale) => localStorage.setItem('gatepost-locale', locale), language)
      await hand.page.emulateMedia({ forcedColors: 'active' })
    }
    expect(await wide(guard, guardScreens)).toEqual([])
    expect(await wide(coordinator, deskScreens)).toEqual([])
  })
})
