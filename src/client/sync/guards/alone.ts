import type { SyncDeps } from '../deps.ts'

/** Several times what a change of guards takes on a slow phone: a tab that takes longer has hung, ms. */
const patienceMs = 20_000

/** One tab at a time changes guards; the others wait and then find who is there. `orElse`: where one of them has hung. */
export async function alone<T>(
  { platform }: Pick<SyncDeps, 'platform'>,
  work: () => Promise<T>,
  orElse: () => Promise<T> = work,
): Promise<T> {
  const { locks, timers } = platform
  if (!locks) return work()
  const waiting = new AbortController()
  const cancel = timers.after(patienceMs, () => waiting.abort())
  let done: Promise<T> | undefined
  await locks.hold('gatepost-guards', { steal: false, giveUp: waiting.signal }, async () => {
    done = work()
    await done.catch(() => undefined)
  })
  cancel()
  return done ?? orElse()
}
