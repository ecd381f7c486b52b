import { ChromiumHand } from './hand.ts'
import { beginWithSample } from './desk.ts'
import { Phone, type Look } from './phone.ts'
import { Server } from './server.ts'

/** A centre with the sample neighbourhood, and its coordinator's browser. */
export class SampleScene {
  readonly server = new Server()
  readonly #browser: Phone
  coordinator!: ChromiumHand

  constructor(look: Partial<Look> = { width: 1280, height: 800 }) {
    this.#browser = new Phone(look)
  }

  get origin(): string {
    return this.server.origin
  }

  async begin(): Promise<void> {
    await this.server.start()
    this.coordinator = new ChromiumHand(await this.#browser.switchOn())
    await beginWithSample(this.coordinator, this.server.setupLink())
  }

  async end(): Promise<void> {
    await this.#browser.end()
    await this.server.end()
  }
}
