/** How much may be under way at once. */
export interface LoadLimits {
  calls: number
  /** Of request bodies, or of answers that nobody has read yet. */
  bytes: number
}

/**
 * For calls that send and for calls that ask, each. Texts are copied some three times between a socket and a
 * transaction, so that these come to some 100 MB at most; usual calls carry 50 KB.
 */
export const usualLimits: LoadLimits = { calls: 500, bytes: 32 * 1024 * 1024 }
/** What a call costs that carries nothing. */
const leastBytes = 8 * 1024
/** A body of which nothing has come for so long gives way where others need its room, ms. */
const silentMs = 5_000

/** What one call holds, until it leaves. */
export class Ticket {
  readonly #load: Load
  readonly #cut: (() => void) | null
  #bytes = 0
  #left = false
  /** When something of it came last, ms. */
  heard: number

  /** `cut` ends the call; null: it is whole, nothing more will come of it. */
  constructor(load: Load, cut: (() => void) | null = null, now = 0) {
    this.#load = load
    this.#cut = cut
    this.heard = now
  }

  get load(): Load {
    return this.#load
  }

  /** Takes more, whether there is room or not; false: there was none. One that has left holds nothing any more. */
  add(bytes: number): boolean {
    if (this.#left) return this.#load.hasRoom
    this.#bytes += bytes
    return this.#load.take(bytes)
  }

  /**
   * Takes more as soon as there is room: while calls are under way that will leave, it is waited for. False: there is
   * none and nothing to wait for.
   */
  async grow(bytes: number): Promise<boolean> {
    while (!this.#left && !this.#load.fits(bytes)) {
      const change = this.#load.nextToLeave()
      if (!change) return this.add(bytes)
      await change
    }
    return this.add(bytes)
  }

  /** So much of its body has come; false: there is no room for it. */
  came(bytes: number, now: number): boolean {
    this.heard = now
    return this.add(bytes) || this.#load.makeRoom(this, now)
  }

  /** All of it has come: it is a call from now on. False: there are too many. */
  whole(): boolean {
    return this.#left || this.#load.count(this)
  }

  cutOff(): void {
    this.leave()
    this.#cut?.()
  }

  /** May be called again. */
  leave(): void {
    if (this.#left) return
    this.#left = true
    this.#load.give(this, this.#bytes)
  }
}

/** Counts what is under way, so that what would not fit is turned away before it is read. */
export class Load {
  readonly #limits: LoadLimits
  /** Whole calls, and those whose body is still on its way. */
  readonly #calls = new Set<Ticket>()
  readonly #coming = new Set<Ticket>()
  readonly #waiting: (() => void)[] = []
  #bytes = 0

  constructor(limits: LoadLimits = usualLimits) {
    this.#limits = limits
  }

  /** Lets a call in that will carry so many bytes; null: it is to come again later. One alone is always let in. */
  enter(bytes: number): Ticket | null {
    const cost = Math.max(bytes, leastBytes)
    const fits = this.#calls.size < this.#limits.calls && this.#bytes + cost <= this.#limits.bytes
    if (!fits && !this.#isEmpty) return null
    const ticket = new Ticket(this)
    this.#calls.add(ticket)
    ticket.add(cost)
    return ticket
  }

  /**
   * Lets a call in whose body is on its way. It counts by what has come, not by what it says will come: whoever
   * announces much and sends nothing keeps nobody out. Null: it is to come again later. `cut` ends it, `now`: ms.
   */
  open(cut: () => void, now: number): Ticket | null {
    const ticket = new Ticket(this, cut, now)
    this.#coming.add(ticket)
    if (ticket.came(leastBytes, now)) return ticket
    ticket.leave()
    return null
  }

  /** No more is held than may be. */
  get hasRoom(): boolean {
    return this.#bytes <= this.#limits.bytes
  }

  fits(bytes: number): boolean {
    return this.#bytes + bytes <= this.#limits.bytes
  }

  /** Resolves when a call leaves; null where none is under way. */
  nextToLeave(): Promise<void> | null {
    return this.#calls.size > 0 ? new Promise((go) => this.#waiting.push(go)) : null
  }

  get #isEmpty(): boolean {
    return this.#calls.size + this.#coming.size === 0
  }

  take(bytes: number): boolean {
    this.#bytes += bytes
    return this.hasRoom
  }

  /** Cuts those off that have been silent for long, the longest first, until there is room; one alone always has it. */
  makeRoom(forThis: Ticket, now: number): boolean {
    const silent = [...this.#coming].filter((one) => one !== forThis && now - one.heard >= silentMs)
    for (const one of silent.sort((a, b) => a.heard - b.heard)) if (!this.hasRoom) one.cutOff()
    return this.hasRoom || this.#calls.size + this.#coming.size === 1
  }

  /** One alone is always let in. */
  count(ticket: Ticket): boolean {
    if (this.#coming.delete(ticket)) {
      const fits = this.#calls.size < this.#limits.calls || this.#isEmpty
      this.#calls.add(ticket)
      return fits
    }
    return true
  }

  give(ticket: Ticket, bytes: number): void {
    this.#calls.delete(ticket)
    this.#coming.delete(ticket)
    this.#bytes -= bytes
    for (const go of this.#waiting.splice(0)) go()
  }
}
