import type { App } from 'vue'
import { complaintsOf, setTextSize, sidewaysPx } from './axe.ts'
import type { ChromiumHand } from './hand.ts'
import { phoneSize, type Size } from './phone.ts'
import { until } from './waiting.ts'
import { words, type Language } from './words.ts'

/** A path, or one that is found on another screen; then what is pressed there. */
export interface Screen {
  path: string
  /** Of the links on that screen, the first that ends so leads on. */
  link?: RegExp
  press?: (hand: ChromiumHand) => Promise<void>
}
export type Screens = Record<string, Screen>

/** How a screen is looked at: theme, text size in percent, what is asked of it, and on a device of which size, if another. */
export type Look = readonly ['light' | 'dark', number, 'all' | 'colours', Size?]
export const usual: readonly Look[] = [
  ['light', 100, 'all'],
  ['dark', 100, 'colours'],
]
export const large: readonly Look[] = [['dark', 200, 'all']]
export const onPhone: readonly Look[] = [['dark', 200, 'all', phoneSize]]
let language: Language = 'en'

/** The row of the list with this number, from 0. */
export const row =
  (n: number) =>
  (hand: ChromiumHand): Promise<void> =>
    hand.page.getByRole('main').getByRole('listitem').nth(n).getByRole('button').first().click()

/** As the screens that are looked at say it now. */
export const said = (name: string): string => words(name, {}, language)

export const press =
  (...names: string[]) =>
  async (hand: ChromiumHand): Promise<void> => {
    for (const name of names) await hand.press(said(name))
  }

/** Nothing moves any more. */
const settled = (hand: ChromiumHand) =>
  hand.page.waitForFunction(() => document.getAnimations().every((one) => one.playState !== 'running'))

/** How a screen is come to: by its address, as when the app is opened there, or from another screen of the open app. */
type Way = (hand: ChromiumHand, address: string) => Promise<void>

const byAddress: Way = async (hand, address) => {
  await hand.goto(address)
  await hand.page.getByRole('heading', { level: 1 }).first().waitFor()
  await settled(hand)
}

/** For this long, ms, a screen draws nothing before it counts as complete: what it shows comes from the disk. */
const calmMs = 300

/** In the page: until the screen has drawn all it has. */
async function calm(ms: number): Promise<void> {
  let changedAt = performance.now()
  const watch = new MutationObserver(() => (changedAt = performance.now()))
  watch.observe(document.body, { subtree: true, childList: true, characterData: true, attributes: true })
  // Not frame by frame: to be asked for a frame makes the browser draw one.
  for (let left = ms; left > 0; left = changedAt + ms - performance.now())
    await new Promise((resolve) => setTimeout(resolve, left))
  watch.disconnect()
}

/** In the page: its own router goes there, by way of another screen, so that nothing is left open. */
async function route(path: string): Promise<void> {
  const app: App = Reflect.get(document.querySelector('#app') ?? {}, '__vue_app__')
  const { $router } = app.config.globalProperties
  await $router.push('/help')
  await $router.push(path)
}

const opened = new WeakSet<ChromiumHand>()

const byRoute: Way = async (hand, address) => {
  const { pathname, search } = new URL(address)
  await hand.page.evaluate(route, pathname + search)
  await hand.page.getByRole('heading', { level: 1 }).first().waitFor()
  await settled(hand)
}

/** The first one by its address. */
const withinApp: Way = async (hand, address) => {
  if (opened.has(hand)) {
    await setTextSize(hand.page, 100)
    await byRoute(hand, address)
  } else await byAddress(hand, address)
  opened.add(hand)
  await hand.page.evaluate(calm, calmMs)
  await settled(hand)
}

/** Each address once as when the app is opened there; where several screens have one, the others within the open app. */
function byEachAddressOnce(): Way {
  const seen = new Set<string>()
  return async (hand, address) => {
    await (seen.has(address) ? byRoute : byAddress)(hand, address)
    seen.add(address)
  }
}

/** Lists come from the disk, so the link that is looked for may not be among the first that stand there. */
async function linkOn(hand: ChromiumHand, link: RegExp): Promise<string> {
  const links = hand.page.locator('main a[href]')
  let paths: string[] = []
  const find = async (): Promise<string | null> => {
    paths = await links.evaluateAll((all) => all.map((one) => one.getAttribute('href') ?? ''))
    return paths.find((path) => link.test(path)) ?? null
  }
  return until('the link is there', find, 20_000).catch(() => {
    throw new Error(`No link ${String(link)} among ${paths.join(', ')}`)
  })
}

/** Opens the screen and lets it settle. */
async function open(hand: ChromiumHand, origin: string, screen: Screen, go: Way): Promise<void> {
  await go(hand, origin + screen.path)
  if (screen.link) await go(hand, origin + (await linkOn(hand, screen.link)))
  if (screen.press) await screen.press(hand)
  await settled(hand)
}

/** What axe finds on a screen in each of these looks, and how far it sticks out sideways; come to within the app. */
export async function complaintsOn(
  hand: ChromiumHand,
  origin: string,
  screen: Screen,
  looks: readonly Look[],
): Promise<string[]> {
  const found: string[] = []
  const own = hand.page.viewportSize()
  await open(hand, origin, screen, withinApp)
  for (const [theme, percent, rules, size] of looks) {
    if (size) await hand.page.setViewportSize(size)
    await hand.page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' })
    await setTextSize(hand.page, percent)
    // On a device of another size much of a screen is drawn anew.
    if (size) await hand.page.evaluate(calm, calmMs)
    await settled(hand)
    const here = await complaintsOf(hand.page, rules)
    const sideways = await sidewaysPx(hand.page)
    if (sideways > 0) here.push(`${sideways} px too wide`)
    const wide = hand.page.viewportSize()?.width
    found.push(...here.map((one) => `${wide} px, ${theme} ${percent} %: ${one}`))
  }
  if (own) await hand.page.setViewportSize(own)
  return found
}

const narrow = { '320 px': { width: 320, height: 640 }, landscape: { width: 740, height: 360 } }

/**
 * How far each screen sticks out sideways at 320 px and in landscape, in traditional Chinese and with forced colours,
 * where it does; each address is opened by itself. Nothing else can be asked of this hand afterwards.
 */
export async function tooWide(hand: ChromiumHand, origin: string, screens: Screens): Promise<string[]> {
  language = 'zh-Hant'
  await hand.page.evaluate((locale) => localStorage.setItem('gatepost-locale', locale), language)
  await hand.page.emulateMedia({ forcedColors: 'active' })
  const found: string[] = []
  const go = byEachAddressOnce()
  for (const [name, screen] of Object.entries(screens)) {
    await open(hand, origin, screen, go)
    for (const [size, pixels] of Object.entries(narrow)) {
      await hand.page.setViewportSize(pixels)
      const px = await sidewaysPx(hand.page)
      if (px > 0) found.push(`${name}, ${size}: ${px} px`)
    }
  }
  language = 'en'
  return found
}
