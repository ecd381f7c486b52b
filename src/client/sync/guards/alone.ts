import type { SyncDeps } from '../deps.ts'

/** After so long a tab that changes guards has hung, and is not waited for, ms. */
const patienceMs = 5_000

/** One tab at a time changes guards; the others wait and then find who is there. */
export async function alone<T>({ platform }: SyncDeps, work: () => Promise<T>): Promise<T> {
  const { locks, timers } = platform
  const waiting = new AbortController()
  const cancel = timers.after(patienceMs, () => waiting.abort())
  let done: Promise<T> | undefined
  await locks?.hold('gatepost-guards', { steal: false, giveUp: waiting.signal }, async () => {
    done = work()
    await done.catch(() => undefined)
  })
  cancel()
  return done ?? work()
}
