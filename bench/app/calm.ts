import { browserTicks } from '../lib/processes.ts'
import { sleep } from '../lib/stage.ts'

const lookMs = 500
const quietTicks = 3
const patienceMs = 20_000

/**
 * Waits until a browser that was just started has done with itself: Chromium opens pages of its own then, which take a
 * processor for a second and more, and that is no work of the app's.
 */
export async function calm(profile: string): Promise<void> {
  let before = browserTicks(profile)
  for (let waited = 0; waited < patienceMs; waited += lookMs) {
    await sleep(lookMs)
    const now = browserTicks(profile)
    if (now - before <= quietTicks) return
    before = now
  }
}
