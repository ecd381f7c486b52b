import type { Locks } from '../../../src/client/platform/locks.ts'

interface Holder {
  stolen: AbortController
}

/** What a dead tab waits for: one each, since a shared one would hold on to all that ever waited. */
const asleep = () => new Promise<never>(() => undefined)

/** Web Locks of one phone: one holder a name, others wait in line, a thief comes first. */
export class LockRoom {
  readonly #holders = new Map<string, Holder>()
  readonly #lines = new Map<string, (() => void)[]>()

  /** The locks as one tab sees them. `alive` false: the tab died, and the browser gives its locks back. */
  for(life: { alive: boolean; onDeath: Set<() => void> }): Locks {
    return {
      hold: async (name, { steal, giveUp }, work) => {
        if (!life.alive) return asleep()
        if (!(await this.#take(name, steal, giveUp))) return
        if (!life.alive) return asleep()
        const holder = { stolen: new AbortController() }
        this.#holders.set(name, holder)
        const give = () => this.#give(name, holder)
        life.onDeath.add(give)
        try {
          await work(holder.stolen.signal)
        } finally {
          life.onDeath.delete(give)
          give()
        }
      },
    }
  }

  async #take(name: string, steal: boolean, giveUp: AbortSignal): Promise<boolean> {
    if (steal) {
      this.#holders.get(name)?.stolen.abort()
      return true
    }
    while (this.#holders.has(name)) {
      await new Promise<void>((next) => {
        this.#lines.set(name, [...(this.#lines.get(name) ?? []), next])
        giveUp.addEventListener('abort', () => next())
      })
      if (giveUp.aborted) return false
    }
    return true
  }

  #give(name: string, holder: Holder): void {
    if (this.#holders.get(name) !== holder) return
    this.#holders.delete(name)
    const line = this.#lines.get(name) ?? []
    this.#lines.delete(name)
    for (const next of line) next()
  }
}
