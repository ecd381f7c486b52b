import * as v from 'valibot'
import { lookAtClock } from '../../domain/rules/steadyClock.ts'
import { parseJson } from '../../protocol/page.ts'
import type { Storage } from '../storage/storage.ts'
import { retain } from '../sync/retention.ts'

const hourMs = 3_600_000
/** After a start phones come first. */
const firstMs = 60_000

const ClockSeen = v.object({
  at: v.number(),
  doubt: v.optional(v.object({ since: v.number(), at: v.number() })),
})
const seenName = 'house-clock'

/** Does this machine's clock go on from where all servers of this database have seen it? */
const isBelieved = (storage: Storage, now: number): Promise<boolean> =>
  storage.write(async (tx) => {
    const kept = v.safeParse(ClockSeen, parseJson((await tx.meta(seenName)) ?? ''))
    const { seen, believed } = lookAtClock(kept.success ? kept.output : null, now)
    await tx.setMeta(seenName, JSON.stringify(seen))
    return believed
  })

/**
 * Erases once an hour what is past its time. Answers the end of it, which waits for a run under way. A run that
 * fails, on a full disk say, is tried again with the next. `onDoubt`: the clock has leapt, so that nothing is erased yet.
 */
export function keepHouse(
  storage: Storage,
  now: () => number = Date.now,
  onDoubt: () => void = () => undefined,
): () => Promise<void> {
  let run: Promise<unknown> = Promise.resolve()
  const tend = async (): Promise<void> => {
    const time = now()
    if (await isBelieved(storage, time)) await retain(storage, time)
    else onDoubt()
  }
  const work = (): void => {
    run = run.then(tend).catch(() => undefined)
  }
  const soon = setTimeout(work, firstMs).unref()
  const hourly = setInterval(work, hourMs).unref()
  return async () => {
    clearTimeout(soon)
    clearInterval(hourly)
    await run
  }
}
