export interface Timers {
  /** Calls `run` once after `delayMs`; the answer cancels it. */
  after(delayMs: number, run: () => void): () => void
}

export const systemTimers: Timers = {
  after: (delayMs, run) => {
    const timer = setTimeout(run, delayMs)
    return () => clearTimeout(timer)
  },
}

/** Calls `run` again and again, the first time after `everyMs`. The answer ends it. */
export function repeat(timers: Timers, everyMs: number, run: () => void): () => void {
  let cancel = timers.after(everyMs, again)
  function again() {
    cancel = timers.after(everyMs, again)
    run()
  }
  return () => cancel()
}
