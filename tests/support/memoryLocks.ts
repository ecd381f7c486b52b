import type { Locks } from '../../src/client/platform/locks.ts'

interface Holder {
  stolen: AbortController
}

/** Web Locks among the tabs of one test device. */
export function memoryLocks(): Locks {
  const holders = new Map<string, Holder>()
  const waiting = new Set<() => void>()

  const change = (giveUp: AbortSignal): Promise<void> =>
    new Promise((done) => {
      waiting.add(done)
      giveUp.addEventListener('abort', () => done())
    })

  return {
    async hold(name, { steal, giveUp }, work) {
      if (steal) holders.get(name)?.stolen.abort()
      // Nothing may come between finding it free and taking it.
      else while (holders.has(name) && !giveUp.aborted) await change(giveUp)
      if (!steal && giveUp.aborted) return
      const mine: Holder = { stolen: new AbortController() }
      holders.set(name, mine)
      try {
        await work(mine.stolen.signal)
      } finally {
        if (holders.get(name) === mine) holders.delete(name)
        for (const wake of waiting) wake()
        waiting.clear()
      }
    },
  }
}
