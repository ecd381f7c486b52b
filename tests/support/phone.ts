import { chromium, type BrowserContext, type Page } from 'playwright-core'
import { chromiumPath } from '../../scripts/lib/tools.ts'
import { newFolder, removeFolder } from './folders.ts'

/** CSS px. */
export interface Size {
  width: number
  height: number
}

export interface Look extends Size {
  locale: string
  dark: boolean
}

export const phoneSize: Size = { width: 360, height: 740 }
const phoneLook: Look = { ...phoneSize, locale: 'en-US', dark: false }

/**
 * The address bar of a desktop's Chromium opens pages of its own at each start, which no phone does and which cost as much as
 * the app. Of several such words the last one counts, so those that Playwright names stand here again.
 */
const without = [
  ...['WebUIOmniboxPopup', 'WebUIOmniboxAimPopup'],
  ...['AimEnabled', 'AvoidUnnecessaryBeforeUnloadCheckSync', 'DestroyProfileOnBrowserClose'],
  ...['HttpsFirstBalancedModeAutoEnable', 'HttpsUpgrades', 'LensOverlay', 'MediaRouter', 'OptimizationHints'],
  ...['PaintHolding', 'PreconnectToSearch', 'ThirdPartyStoragePartitioning'],
  'AudioServiceOutOfProcess',
]
/** Those that Playwright names, for the same reason, and the network. */
const withThem = ['CDPScreenshotNewSurface', 'SkipListAccountsWithoutGaiaCookies', 'NetworkServiceInProcess2']

/**
 * The network, the drawing and the sound live in the browser's own process: to start one each for them took a tenth of what
 * a short test takes. It draws without Vulkan, even one made of software: to load that, its thread sets an environment
 * variable and takes it away again while others read theirs, and one start in some hundreds ended there.
 */
const quiet = [
  `--disable-features=${without.join(',')}`,
  `--enable-features=${withThem.join(',')}`,
  '--in-process-gpu',
  '--disable-gpu',
  '--disable-software-rasterizer',
  '--no-sandbox',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

/** The browser's own process; what it started ends with it. */
async function browserPid(context: BrowserContext): Promise<number> {
  const session = await context.browser()?.newBrowserCDPSession()
  const known = await session?.send('SystemInfo.getProcessInfo')
  const browser = known?.processInfo.find(({ type }) => type === 'browser')
  if (!browser) throw new Error('Which process is the browser?')
  return browser.id
}

/** A phone: Chromium with a profile on disk, so that it can be closed, killed and opened again. */
export class Phone {
  readonly profile = newFolder('profile')
  readonly look: Look
  /** What went wrong in its pages: uncaught errors and violations of the content policy. */
  readonly complaints: string[] = []
  #context: BrowserContext | null = null

  constructor(look: Partial<Look> = {}) {
    this.look = { ...phoneLook, ...look }
  }

  get context(): BrowserContext {
    if (!this.#context) throw new Error('The phone is switched off')
    return this.#context
  }

  get page(): Page {
    const page = this.context.pages()[0]
    if (!page) throw new Error('The phone shows no page')
    return page
  }

  /** `args`: what this start of the browser is told beyond the usual, such as the film that its camera shows. */
  async switchOn(args: readonly string[] = []): Promise<Page> {
    const { width, height, locale, dark } = this.look
    this.#context = await chromium.launchPersistentContext(this.profile, {
      executablePath: chromiumPath(),
      args: [...quiet, ...args],
      viewport: { width, height },
      locale,
      timezoneId: 'Asia/Shanghai',
      colorScheme: dark ? 'dark' : 'light',
      permissions: ['notifications'],
    })
    this.#context.on('weberror', (error) => this.complaints.push(error.error().message))
    this.#context.on('console', (message) => {
      if (/Content Security Policy/i.test(message.text())) this.complaints.push(message.text())
    })
    return this.page
  }

  /** The app is closed as a person closes it. */
  async switchOff(): Promise<void> {
    const context = this.#context
    this.#context = null
    await context?.close()
  }

  /** The battery is dead: the browser gets no chance to write anything more. */
  async die(): Promise<void> {
    const context = this.context
    const pid = await browserPid(context)
    const closed = new Promise((resolve) => context.once('close', resolve))
    process.kill(pid, 'SIGKILL')
    await closed
    this.#context = null
  }

  async end(): Promise<void> {
    await this.switchOff()
    removeFolder(this.profile)
  }
}

/** Airplane mode on or off, for the page and its service worker. */
export const airplane = (phone: Phone, on: boolean): Promise<void> => phone.context.setOffline(on)

/** From the next page on, the device's clock is off by so many ms. It goes on ticking. */
export async function setClockOff(phone: Phone, offMs: number): Promise<void> {
  await phone.context.addInitScript((off: number) => {
    const Real = Date
    const now = (): number => Real.now() + off
    globalThis.Date = new Proxy(Real, {
      construct: (target, args) => Reflect.construct(target, args.length === 0 ? [now()] : args),
      apply: () => new Real(now()).toString(),
      get: (target, name) => (name === 'now' ? now : Reflect.get(target, name)),
    })
  }, offMs)
}
