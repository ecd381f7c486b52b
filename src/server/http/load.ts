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

/** What one call holds, until it leaves. */
export class Ticket {
  readonly #load: Load
  #bytes = 0
  #left = false

  constructor(load: Load) {
    this.#load = load
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
  readonly #tickets = new Set<Ticket>()
  #bytes = 0

  constructor(limits: LoadLimits = usualLimits) {
    this.#limits = limits
  }

  /** Lets a call in that will carry so many bytes; null: it is to come again later. One alone is always let in. */
  enter(bytes: number): Ticket | null {
    const cost = Math.max(bytes, leastBytes)
    const fits = this.#tickets.size < this.#limits.calls && this.#bytes + cost <= this.#limits.bytes
    if (!fits && this.#tickets.size > 0) return null
    const ticket = new Ticket(this)
    this.#tickets.add(ticket)
    ticket.add(cost)
    return ticket
  }

  /** No more is held than may be. */
  get hasRoom(): boolean {
    return this.#bytes <= this.#limits.bytes
  }

  take(bytes: number): boolean {
    this.#bytes += bytes
    return this.hasRoom
  }

  give(ticket: Ticket, bytes: number): void {
    this.#tickets.delete(ticket)
    this.#bytes -= bytes
  }
}
