/** As much of W3C WebDriver as the WebKit story needs. https://www.w3.org/TR/webdriver2/ */
const elementKey = 'element-6066-11e4-a52e-4f735466cecf'

export type Capabilities = Record<string, unknown>

async function call(address: string, method: 'POST' | 'GET' | 'DELETE', body?: unknown): Promise<unknown> {
  const answer = await fetch(address, {
    method,
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  const { value }: { value: unknown } = await answer.json()
  if (!answer.ok) throw new Error(`${method} ${address}: ${JSON.stringify(value)}`)
  return value
}

const field = (value: unknown, name: string): unknown =>
  typeof value === 'object' && value !== null
    ? Object.entries(value).find(([key]) => key === name)?.[1]
    : undefined

export class WebDriver {
  readonly #session: string

  private constructor(session: string) {
    this.#session = session
  }

  static async open(address: string, alwaysMatch: Capabilities): Promise<WebDriver> {
    const value = await call(`${address}/session`, 'POST', { capabilities: { alwaysMatch } })
    return new WebDriver(`${address}/session/${String(field(value, 'sessionId'))}`)
  }

  async goto(url: string): Promise<void> {
    await call(`${this.#session}/url`, 'POST', { url })
  }

  async refresh(): Promise<void> {
    await call(`${this.#session}/refresh`, 'POST', {})
  }

  /** Runs the body of a function in the page; `arguments` are the args. Elements come back as their ids. */
  async run(script: string, ...args: readonly unknown[]): Promise<unknown> {
    const value = await call(`${this.#session}/execute/sync`, 'POST', { script, args })
    return field(value, elementKey) ?? value
  }

  /** A real click of the pointer on an element, by the id that `run` gave. */
  async click(element: string): Promise<void> {
    await call(`${this.#session}/element/${element}/click`, 'POST', {})
  }

  async type(element: string, text: string): Promise<void> {
    await call(`${this.#session}/element/${element}/value`, 'POST', { text })
  }

  async close(): Promise<void> {
    await call(this.#session, 'DELETE')
  }
}
