import { tabChannel } from '../../platform/channel.ts'
import type { Locks } from '../../platform/locks.ts'
import { repeat, type Timers } from '../../platform/timers.ts'
import { countWaiting, type GuardsDb } from '../../store/guards/registry.ts'
import { leaseLocks } from '../../store/lease.ts'
import type { Note } from '../../store/notes.ts'
import type { SyncDeps } from '../deps.ts'
import { takeTurns } from '../leader.ts'

/** So often what is left is told. */
const tickMs = 1000
/** So often what was waited is written down: closing the app costs no more than this again. */
const writeEveryMs = 5000

/** Told what is left, ms. */
type Tell = (leftMs: number) => void

/** In a browser without Web Locks a row of the open database serves, as for the leading tab. */
const locksOf = ({ platform, open }: SyncDeps): Locks =>
  platform.locks ?? leaseLocks(open.db, platform, 'waitLease')

const tick = (timers: Timers): Promise<void> => new Promise((done) => timers.after(tickMs, done))

/** Lets the wait pass, for as long as this tab is the one that counts. */
async function count(
  { platform: { clock, timers } }: SyncDeps,
  written: (waitedMs: number) => Promise<number>,
  tell: Tell,
  until: AbortSignal,
): Promise<void> {
  let [lookedAt, unwritten, left] = [clock.mono(), 0, await written(0)]
  while (left > 0 && !until.aborted) {
    tell(Math.max(1, left - unwritten))
    await tick(timers)
    const now = clock.mono()
    unwritten += now - lookedAt
    lookedAt = now
    if (until.aborted || unwritten < Math.min(writeEveryMs, left)) continue
    const waited = unwritten
    unwritten = 0
    left = await written(waited)
  }
  if (left === 0) tell(0)
}

/**
 * Lets a guard's wait pass, and tells what is left until that is nothing, or the answer is called. However many tabs
 * wait, it passes once: one of them counts, and the others read what that one has written; one that has hung is replaced.
 */
export function passWait(deps: SyncDeps, registry: GuardsDb, db: string, tell: Tell): () => void {
  const { timers, clock } = deps.platform
  const progress = tabChannel<Pick<Note, 'topic'>>()
  let [counting, stopped, known] = [false, false, Infinity]
  const told: Tell = (leftMs) => {
    if (stopped) return
    tell(leftMs)
    if (leftMs === 0) stop()
  }
  const written = (waitedMs: number) => Promise.resolve(countWaiting(registry, db, waitedMs))
  async function follow(): Promise<void> {
    const left = (await registry.guards.get(db))?.tries.waitMs ?? 0
    if (left !== known) progress.tell({ topic: 'beat' })
    known = left
    if (!counting) told(left)
  }
  async function lead(until: AbortSignal): Promise<void> {
    counting = true
    await count(deps, written, told, until).finally(() => (counting = false))
  }
  const ends = [
    takeTurns({
      ...{ name: `gatepost-wait-${db}`, locks: locksOf(deps), channel: progress, timers, clock },
      lead,
    }),
    repeat(timers, tickMs, () => void (counting || follow().catch(() => undefined))),
  ]
  function stop(): void {
    stopped = true
    for (const end of ends) end()
  }
  return stop
}
