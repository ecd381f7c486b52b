import { repeat } from '../platform/timers.ts'
import { tellForgotten } from '../store/notes.ts'
import { endLease } from '../store/personal.ts'
import { tidyRelay } from '../store/relay.ts'
import { purgeOwn, purgePulled } from '../store/retention.ts'
import type { SyncDeps } from './deps.ts'

export const upkeepEveryMs = 60 * 60_000
/** Whoever has just opened the app comes first, and what is new: nothing is in a hurry to leave. */
export const upkeepAfterMs = 10_000

/**
 * What is past its time leaves the phone. Never an entry that was not sent; and what this phone made leaves it only
 * by the centre's time, since a device's clock set years ahead would erase what a restored centre may ask for again.
 */
export async function upkeep({ open }: Pick<SyncDeps, 'open'>): Promise<void> {
  const { db, keeper, channel } = open
  // First: what is in the way of the others must not keep it here.
  tellForgotten(channel, await endLease(db, keeper.now()))
  if (!keeper.sure()) return
  await purgeOwn(db, keeper.corrected())
  await purgePulled(db, keeper.corrected())
  await tidyRelay(db, keeper.corrected())
}

/** Upkeep soon, each hour, and soon after the centre has said its time: an app may never run for an hour. */
export function keepTidy(deps: Pick<SyncDeps, 'open' | 'platform'>): () => void {
  const { channel, keeper } = deps.open
  const { timers } = deps.platform
  const tidy = () => void upkeep(deps).catch(() => undefined)
  let cancel = timers.after(upkeepAfterMs, tidy)
  let sure = keeper.sure()
  const unlisten = channel.listen(({ topic }) => {
    if (topic !== 'clock' || sure) return
    sure = keeper.sure()
    if (!sure) return
    cancel()
    cancel = timers.after(upkeepAfterMs, tidy)
  })
  const end = repeat(timers, upkeepEveryMs, tidy)
  return () => {
    cancel()
    unlisten()
    end()
  }
}
