import type { Locks } from '../../src/client/platform/locks.ts'
import { whenEither } from '../../src/client/platform/signals.ts'
import type { Seat } from '../../src/client/platform/seat.ts'
import type { Guards, Opened } from '../../src/client/sync/calls.ts'
import { openTab, platformOf, type Device, type Tab } from './clientPhone.ts'

/** What lies beside the databases of a browser: who is at the gate, for all its tabs. */
interface Beside {
  guard: string | null
  tabs: Set<SharedPhone>
}

/** A page that is gone asks for nothing more: what it waits for never comes. */
const ofPage = (locks: Locks, gone: AbortSignal): Locks => ({
  async hold(name, { steal, giveUp }, work) {
    await locks.hold(name, { steal, giveUp: whenEither(giveUp, gone) }, work)
    if (gone.aborted) await new Promise<never>(() => undefined)
  },
})

/** A phone that hangs at a gate, or one tab of it: its app is loaded anew whenever the guard changes. */
export class SharedPhone {
  readonly phone: Device
  readonly #beside: Beside
  tab!: Tab
  /** Who is at the gate, as the open tab remembers it. */
  session: string | null = null
  /** As the open app has it. */
  seat!: Seat
  /** So often the app was loaded. */
  loads = 0
  /** Another tab locks the guard: this one shows nothing, and waits to hear who comes. */
  blank = false
  #reloaded = false
  #page = new AbortController()
  #following: Promise<void> | null = null

  constructor(phone: Device, beside: Beside = { guard: null, tabs: new Set() }) {
    this.phone = phone
    this.#beside = beside
    beside.tabs.add(this)
  }

  /** A further tab of the same browser. */
  beside(): SharedPhone {
    return new SharedPhone(this.phone, this.#beside)
  }

  get kept(): string | null {
    return this.#beside.guard
  }
  set kept(guard: string | null) {
    this.#beside.guard = guard
  }

  #newSeat(): Seat {
    const database = this.kept ?? 'gatepost'
    return {
      database,
      shared: () => this.kept !== null,
      resumed: this.session === database,
      pinned: true,
      moved: () => (this.kept ?? 'gatepost') !== database,
      follow: () => this.#follow(),
      take: (next) => {
        this.kept = next
        this.session = next
        for (const other of this.#beside.tabs) if (other !== this) other.#hear(next)
      },
      reload: () => {
        this.#reloaded = true
      },
    }
  }

  /** What the browser tells a tab of what another one has written. */
  #hear(next: string): void {
    if (this.seat.database !== next) this.#follow()
  }
  #follow(): void {
    this.session = this.kept
    this.#following = this.#loadAnew()
  }
  async #loadAnew(): Promise<void> {
    this.#page.abort()
    this.tab.close()
    await this.start()
  }

  /** Opens the app, as often as it loads itself anew. */
  async start(): Promise<void> {
    this.#page = new AbortController()
    const page = this.#page.signal
    do {
      this.#reloaded = false
      this.blank = false
      this.loads++
      this.seat = this.#newSeat()
      const guards = { seat: this.seat, platformOf: () => platformOf(this.phone), rounds: 10 }
      const locks = this.phone.locks && ofPage(this.phone.locks, page)
      const onSignedOut = (locked: boolean) => void (this.blank = locked)
      this.tab = await openTab(this.phone, { guards, locks, onSignedOut })
      if (!(await (await this.guards()).begin())) this.tab.close()
    } while (this.#reloaded && !page.aborted)
  }

  /** It has followed the others, as far as they went. */
  async settled(): Promise<void> {
    for (let was = null; was !== this.#following; was = this.#following) await this.#following
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
    await this.#ifReloaded()
    return opened
  }

  async lock(): Promise<boolean> {
    const locked = await (await this.guards()).lock()
    await this.#ifReloaded()
    return locked
  }

  async #ifReloaded(): Promise<void> {
    if (!this.#reloaded) return
    this.tab.close()
    await this.start()
  }
}
