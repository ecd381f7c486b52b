/**
 * What a transaction may hold, in the one order that all of them take things in: whoever waits only ever waits for
 * something that sorts above all it has, so that waiting never goes in a circle.
 */
const ranks = ['quarantine', 'meta', 'invitation', 'install', 'new-logbook', 'logbook'] as const
export type Rank = (typeof ranks)[number]

/** Sorts by rank, then by name. */
const keyOf = (rank: Rank, name: string): string => `${ranks.indexOf(rank)} ${name}`

export interface Wanted {
  /** Names of advisory locks. */
  advisory: string[]
  logbooks: string[]
}

/** What was asked for by earlier tries of the same transaction; the next one takes all of it first, in order. */
export class Learned {
  readonly #keys = new Set<string>()

  add(keys: readonly string[]): void {
    for (const key of keys) this.#keys.add(key)
  }

  all(): Wanted {
    const logbooks = `${ranks.indexOf('logbook')} `
    const sorted = [...this.#keys].sort()
    return {
      advisory: sorted.filter((key) => !key.startsWith(logbooks)),
      logbooks: sorted.flatMap((key) => (key.startsWith(logbooks) ? key.slice(logbooks.length) : [])),
    }
  }
}

/** What one transaction holds. */
export class Held {
  readonly #learned: Learned
  readonly #keys = new Set<string>()
  #last = ''

  constructor(learned: Learned) {
    this.#learned = learned
  }

  /** Those that are not held yet, and whether they may be waited for. */
  ask(rank: Rank, names: readonly string[]): { missing: string[]; mayWait: boolean } {
    const keys = names.map((name) => keyOf(rank, name))
    this.#learned.add(keys)
    const missing = keys.filter((key) => !this.#keys.has(key)).sort()
    const [first = ''] = missing
    return { missing, mayWait: first > this.#last }
  }

  /** One that is only shared is asked for again before it is changed. */
  took(keys: readonly string[], shared = false): void {
    for (const key of keys) {
      if (!shared) this.#keys.add(key)
      if (key > this.#last) this.#last = key
    }
  }

  /** What was taken at the beginning. */
  tookAll({ advisory, logbooks }: Wanted): void {
    this.took(advisory)
    this.took(logbooks.map((id) => keyOf('logbook', id)))
  }
}
