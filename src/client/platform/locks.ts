/** What is needed of Web Locks. Every tab of an origin asks the same locks. */
export interface Locks {
  /**
   * Runs `work` while holding the lock; waits for it unless `steal`. The signal given to `work` aborts when
   * another tab has stolen the lock. `giveUp` ends the waiting.
   */
  hold(
    name: string,
    options: { steal: boolean; giveUp: AbortSignal },
    work: (stolen: AbortSignal) => Promise<void>,
  ): Promise<void>
}

const isAbort = (cause: unknown): boolean => cause instanceof DOMException && cause.name === 'AbortError'

export const webLocks = (manager: LockManager): Locks => ({
  async hold(name, { steal, giveUp }, work) {
    const stolen = new AbortController()
    try {
      // `steal` and `signal` exclude each other in the standard.
      await manager.request(name, steal ? { steal } : { signal: giveUp }, () => work(stolen.signal))
    } catch (cause) {
      if (!isAbort(cause)) throw cause
    } finally {
      stolen.abort()
    }
  },
})
