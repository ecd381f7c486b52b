import type { Platform } from '../platform/platform.ts'
import { leaseLocks } from '../store/lease.ts'
import type { OpenStore } from '../store/open.ts'
import { storePulled } from '../store/pulled.ts'
import { createAsk } from './ask.ts'
import type { Calls } from './calls.ts'
import type { GuardParts, SyncDeps } from './deps.ts'
import { lead } from './lead.ts'
import { syncLock, takeTurns } from './leader.ts'
import { makeCalls } from './makeCalls.ts'
import type { SyncControl } from './status.ts'
import { watchStatus, type StatusWatch } from './watch.ts'

export interface SyncOptions {
  platform: Platform
  open: OpenStore
  appVersion: string
  /** How a pull is stored. Only tests put another here. */
  storePulled?: SyncDeps['storePulled']
  guards?: GuardParts
  /** Where the status is watched already. */
  watch?: StatusWatch
}

export interface Sync {
  control: SyncControl
  calls: Calls
  /** Takes part: this tab leads, or stands ready to. */
  start(): void
  stop(): void
}

/** Sync of one tab. Nothing runs until `start`. */
export function createSync({
  platform,
  open,
  appVersion,
  storePulled: stored = storePulled,
  guards,
  watch = watchStatus({ platform, open }),
}: SyncOptions): Sync {
  const deps: SyncDeps = { platform, open, appVersion, storePulled: stored, unsent: watch.unsent, guards }
  const ask = createAsk(deps)
  const now = () => open.channel.tell({ topic: 'now' })
  const ends: (() => void)[] = [watch.stop]

  function start() {
    const { timers, clock, surroundings } = platform
    const giveWay = takeTurns({
      name: syncLock(open.db.name),
      locks: platform.locks ?? leaseLocks(open.db, platform),
      channel: open.channel,
      timers,
      clock,
      lead: (until) => lead(deps, ask, until),
    })
    // A newer version has the database for good: who leads on without it keeps all others from sending.
    const problem = open.problem.subscribe((now) => {
      if (now === 'database-newer') giveWay()
    })
    ends.push(
      giveWay,
      problem.unsubscribe,
      surroundings.listen((happening) => {
        if (happening === 'online' || happening === 'visible') now()
      }),
    )
    // While the browser decides who leads.
    ask.expect()
    if (open.identity.get()) void watch.askStorage()
  }

  function afterEnrol() {
    void watch.askStorage()
    now()
  }

  return {
    control: { status: watch.status, tryNow: now, dismiss: watch.dismiss },
    calls: makeCalls(deps, ask, afterEnrol),
    start,
    stop: () => {
      for (const end of ends.splice(0)) end()
    },
  }
}
