import { nothingYet, Stream, type Holdings, type Sink } from './stream.ts'

/** What an install holds now, or null where it may not listen any longer. */
export type HoldingsOf = (install: string) => Promise<Holdings | null>

/** All streams of this process ([EV1..3]). */
export class Streams {
  readonly #open = new Set<Stream>()
  readonly #holdingsOf: HoldingsOf

  constructor(holdingsOf: HoldingsOf) {
    this.#holdingsOf = holdingsOf
  }

  get size(): number {
    return this.#open.size
  }

  /** Opens a stream; the answer takes it off the list again. */
  add(install: string, holdings: Holdings, sink: Sink): () => void {
    const stream = new Stream(install, holdings, sink)
    this.#open.add(stream)
    return () => void this.#open.delete(stream)
  }

  /** Something new in a logbook, for those who hold it. */
  logbook(logbook: string, seq: number): void {
    for (const stream of this.#open) if (stream.holdings.logbooks.has(logbook)) stream.push({ logbook, seq })
  }

  /** Grants, logbooks or installs changed: everybody's holdings are looked up anew, who lost all is sent away. */
  async scope(): Promise<void> {
    await Promise.all([...this.#open].map((stream) => this.#look(stream)))
  }

  /** Looks up what an install's streams may hear. Only once they are on the list, so that no change passes them by. */
  async look(install: string): Promise<void> {
    const its = [...this.#open].filter((stream) => stream.install === install)
    await Promise.all(its.map((stream) => this.#look(stream)))
  }

  /** Where nobody can say what it may hear it ends, too: the phone comes again. */
  async #look(stream: Stream): Promise<void> {
    const before = stream.holdings
    const now = await this.#holdingsOf(stream.install).catch(() => null)
    if (!now) return this.#drop(stream)
    stream.holdings = now
    if (before !== nothingYet && now.stamp !== before.stamp) stream.push({ scope: true })
  }

  end(install: string): void {
    for (const stream of this.#open) if (stream.install === install) this.#drop(stream)
  }

  endAll(): void {
    for (const stream of this.#open) this.#drop(stream)
  }

  #drop(stream: Stream): void {
    this.#open.delete(stream)
    stream.end()
  }
}
