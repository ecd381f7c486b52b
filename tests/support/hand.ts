import type { ElementHandle as ChromiumElement, Page as ChromiumPage } from 'playwright-core'
import type { ElementHandle, Page as FirefoxPage } from 'puppeteer-core'
import { controlCalled, givePicture } from './inPage.ts'
import { until } from './waiting.ts'
import type { WebDriver } from './webdriver.ts'

/** What a person can do in any browser: look, press what is called so, write into what is called so. */
export interface Hand {
  goto(url: string): Promise<void>
  reload(): Promise<void>
  /** Presses the control with this name as soon as there is one. */
  press(name: string): Promise<void>
  /** Can it be pressed now? */
  offers(name: string): Promise<boolean>
  fill(label: string, text: string): Promise<void>
  /** All text that the page shows. */
  text(): Promise<string>
  /** Runs an expression in the page; what it comes to must be plain. */
  run(expression: string): Promise<unknown>
}

const pressable = 'button, a[href], summary, label, [role=button], [role=tab], [role=radio], [role=alert]'
const writable = 'input, textarea'
const source = controlCalled.toString()
const callFor = (name: string, selector: string): string =>
  `(${source})(${JSON.stringify(name)}, ${JSON.stringify(selector)})`

/** Chooses a picture (BMP) where the page takes one. */
export async function give(hand: Hand, picture: Buffer): Promise<void> {
  const act = `(${givePicture.toString()})(${JSON.stringify(picture.toString('base64'))})`
  await wanted(hand, 'a picture can be chosen', async () => (await hand.run(act)) || null)
}

/** The page says so within the time; else the error tells what it says instead. */
export async function shows(hand: Hand, text: string | RegExp, withinMs = 30_000): Promise<string> {
  const says = (shown: string): boolean =>
    typeof text === 'string' ? shown.includes(text) : text.test(shown)
  let shown = ''
  const look = async (): Promise<boolean> => says((shown = await hand.text()))
  await until(`the page shows “${String(text)}”`, look, withinMs).catch((error: Error) => {
    throw new Error(`${error.message}. It shows:\n${shown}`)
  })
  return shown
}

/** As `until`; the error tells what the page shows instead. */
async function wanted<T>(hand: Hand, what: string, ask: () => Promise<T | null>): Promise<T> {
  return until(what, ask).catch(async (error: Error) => {
    throw new Error(`${error.message}. It shows:\n${await hand.text()}`)
  })
}

/** A page that is being left shows nothing; the next look is at the one that follows. */
const nothingYet =
  <T>(nothing: T) =>
  (error: Error): T => {
    if (/Execution context was destroyed/.test(error.message)) return nothing
    throw error
  }

/** What was drawn anew under the finger was not pressed; the next look finds what stands there now. */
function drawnAnew(error: Error): null {
  if (/not attached to the DOM/.test(error.message)) return null
  throw error
}

export class ChromiumHand implements Hand {
  readonly page: ChromiumPage

  constructor(page: ChromiumPage) {
    this.page = page
  }

  async goto(url: string): Promise<void> {
    await this.page.goto(url)
  }

  async reload(): Promise<void> {
    await this.page.reload()
  }

  async press(name: string): Promise<void> {
    await wanted(this, `“${name}” can be pressed`, async () => {
      const found = await this.#find(name, pressable)
      return found && found.click({ timeout: 10_000 }).then(() => true, drawnAnew)
    })
  }

  async offers(name: string): Promise<boolean> {
    return (await this.#find(name, pressable)) !== null
  }

  async fill(label: string, text: string): Promise<void> {
    await (await wanted(this, `“${label}” can be written`, () => this.#find(label, writable))).fill(text)
  }

  text(): Promise<string> {
    return this.page.evaluate(() => document.body.innerText).catch(nothingYet(''))
  }

  run(expression: string): Promise<unknown> {
    return this.page.evaluate(expression)
  }

  async #find(name: string, selector: string): Promise<ChromiumElement | null> {
    const found = await this.page
      .evaluateHandle<Element | null>(callFor(name, selector))
      .catch(nothingYet(null))
    return found?.asElement() ?? null
  }
}

export class FirefoxHand implements Hand {
  readonly #page: FirefoxPage

  constructor(page: FirefoxPage) {
    this.#page = page
  }

  async goto(url: string): Promise<void> {
    await this.#page.goto(url)
  }

  async reload(): Promise<void> {
    await this.#page.reload()
  }

  async press(name: string): Promise<void> {
    await (await wanted(this, `“${name}” can be pressed`, () => this.#find(name, pressable))).click()
  }

  async offers(name: string): Promise<boolean> {
    return (await this.#find(name, pressable)) !== null
  }

  async fill(label: string, text: string): Promise<void> {
    await (await wanted(this, `“${label}” can be written`, () => this.#find(label, writable))).type(text)
  }

  text(): Promise<string> {
    return this.#page.evaluate(() => document.body.innerText)
  }

  run(expression: string): Promise<unknown> {
    return this.#page.evaluate(expression)
  }

  async #find(name: string, selector: string): Promise<ElementHandle | null> {
    const handle = await this.#page.evaluateHandle(callFor(name, selector))
    return handle.asElement() as ElementHandle | null
  }
}

export class WebKitHand implements Hand {
  readonly #driver: WebDriver

  constructor(driver: WebDriver) {
    this.#driver = driver
  }

  goto(url: string): Promise<void> {
    return this.#driver.goto(url)
  }

  reload(): Promise<void> {
    return this.#driver.refresh()
  }

  async press(name: string): Promise<void> {
    await this.#driver.click(
      await wanted(this, `“${name}” can be pressed`, () => this.#find(name, pressable)),
    )
  }

  async offers(name: string): Promise<boolean> {
    return (await this.#find(name, pressable)) !== null
  }

  async fill(label: string, text: string): Promise<void> {
    await this.#driver.type(
      await wanted(this, `“${label}” can be written`, () => this.#find(label, writable)),
      text,
    )
  }

  async text(): Promise<string> {
    return String(await this.#driver.run('return document.body.innerText'))
  }

  run(expression: string): Promise<unknown> {
    return this.#driver.run(`return ${expression}`)
  }

  async #find(name: string, selector: string): Promise<string | null> {
    const found = await this.#driver.run(`return ${callFor(name, selector)}`)
    return typeof found === 'string' ? found : null
  }
}
