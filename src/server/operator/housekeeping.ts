import type { Storage } from '../storage/storage.ts'
import { retain } from '../sync/retention.ts'

const hourMs = 3_600_000
/** After a start phones come first. */
const firstMs = 60_000

/**
 * Erases once an hour what is past its time. Answers the end of it, which waits for a run under way. A run that
 * fails, on a full disk say, is tried again with the next.
 */
export function keepHouse(storage: Storage, now: () => number = Date.now): () => Promise<void> {
  let run: Promise<unknown> = Promise.resolve()
  const work = (): void => {
    run = run.then(() => retain(storage, now())).catch(() => undefined)
  }
  const soon = setTimeout(work, firstMs).unref()
  const hourly = setInterval(work, hourMs).unref()
  return async () => {
    clearTimeout(soon)
    clearInterval(hourly)
    await run
  }
}
