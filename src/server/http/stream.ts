import type { Poke } from '../../protocol/api.ts'

/** Where a stream's pokes go. */
export interface Sink {
  /** Resolves when the other side can take more. */
  send(poke: Poke): Promise<void>
  close(): void
}

/** What an install may listen to. */
export interface Holdings {
  logbooks: ReadonlySet<string>
  /** Differs where the scope's answer would: other logbooks or other grants. */
  stamp: string
}

/** Of a stream that was just opened. */
export const nothingYet: Holdings = { logbooks: new Set(), stamp: '' }

const keyOf = (poke: Poke): string =>
  'logbook' in poke && typeof poke.logbook === 'string' ? poke.logbook : ''

/**
 * One open stream. A phone that reads slowly gets the newest poke of each logbook, not all of them: what waits is
 * never more than the number of its logbooks.
 */
export class Stream {
  readonly install: string
  holdings: Holdings
  readonly #sink: Sink
  readonly #waiting = new Map<string, Poke>()
  #sending = false
  #open = true

  constructor(install: string, holdings: Holdings, sink: Sink) {
    this.install = install
    this.holdings = holdings
    this.#sink = sink
  }

  push(poke: Poke): void {
    if (!this.#open) return
    this.#waiting.set(keyOf(poke), poke)
    if (!this.#sending) void this.#drain()
  }

  end(): void {
    this.#open = false
    this.#waiting.clear()
    this.#sink.close()
  }

  async #drain(): Promise<void> {
    this.#sending = true
    for (const [key, poke] of this.#waiting) {
      this.#waiting.delete(key)
      await this.#sink.send(poke).catch(() => this.end())
    }
    this.#sending = false
  }
}
