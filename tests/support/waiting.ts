import { setTimeout as pause } from 'node:timers/promises'

/**
 * Asks again and again until the answer is neither null nor false; fails with `what` when the time is over.
 * Times in ms.
 */
export async function until<T>(
  what: string,
  ask: () => Promise<T | null | false> | T | null | false,
  withinMs = 30_000,
  everyMs = 50,
): Promise<T> {
  const endsAt = performance.now() + withinMs
  for (;;) {
    const answer = await ask()
    if (answer !== null && answer !== false) return answer
    if (performance.now() > endsAt) throw new Error(`Not within ${withinMs} ms: ${what}`)
    await pause(everyMs)
  }
}
