import type { Seat } from '../../src/client/platform/seat.ts'
import type { Guards, Opened } from '../../src/client/sync/calls.ts'
import { openTab, platformOf, type Device, type Tab } from './clientPhone.ts'

/** A phone that hangs at a gate: its app is loaded anew whenever the guard changes. */
export class SharedPhone {
  readonly phone: Device
  tab!: Tab
  /** What lies beside the databases: who is at the gate, and the same as the open app remembers it. */
  kept: string | null = null
  session: string | null = null
  /** As the open app has it. */
  seat!: Seat
  #reloaded = false

  constructor(phone: Device) {
    this.phone = phone
  }

  #newSeat(): Seat {
    const database = this.kept ?? 'gatepost'
    return {
      database,
      shared: () => this.kept !== null,
      resumed: this.session === database,
      pinned: true,
      moved: () => (this.kept ?? 'gatepost') !== database,
      take: (next) => {
        this.kept = next
        this.session = next
      },
      reload: () => {
        this.#reloaded = true
      },
    }
  }

  /** Opens the app, as often as it loads itself anew. */
  async start(): Promise<void> {
    do {
      this.#reloaded = false
      this.seat = this.#newSeat()
      const guards = { seat: this.seat, platformOf: () => platformOf(this.phone), rounds: 10 }
      this.tab = await openTab(this.phone, { guards })
      if (!(await (await this.guards()).begin())) this.tab.close()
    } while (this.#reloaded)
  }

  /** The app is closed, and opened again. */
  async restart(): Promise<void> {
    this.tab.close()
    this.session = null
    await this.start()
  }

  guards(): Promise<Guards> {
    return this.tab.sync.calls.guards()
  }

  async open(db: string, pin: string): Promise<Opened> {
    const opened = await (await this.guards()).open(db, pin)
    await this.#follow()
    return opened
  }

  async lock(): Promise<boolean> {
    const locked = await (await this.guards()).lock()
    await this.#follow()
    return locked
  }

  async #follow(): Promise<void> {
    if (!this.#reloaded) return
    this.tab.close()
    await this.start()
  }
}
