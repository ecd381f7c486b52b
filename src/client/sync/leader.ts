import type { Locks } from '../platform/locks.ts'
import { whenEither } from '../platform/signals.ts'
import { repeat, type Timers } from '../platform/timers.ts'
import type { Clock } from '../platform/clock.ts'
import type { Note } from '../store/notes.ts'

/** The leading tab is heard at least this often. */
export const beatEveryMs = 20_000
/**
 * Without a beat for so long the leader has hung or is frozen. Hidden tabs may beat only once a minute; with the
 * time between two looks a hung one is replaced within two minutes.
 */
const silentAfterMs = 80_000
const lookEveryMs = 15_000

/** The lock that the leading tab of a database holds. */
export const syncLock = (database: string): string => `gatepost-sync-${database}`

export interface LeaderOptions {
  name: string
  locks: Locks
  /** Beats of the leading tab. */
  channel: { listen(hear: (note: Pick<Note, 'topic'>) => void): () => void }
  timers: Timers
  clock: Clock
  /** Leads until the signal aborts. Called again when this tab comes to lead again. */
  lead: (until: AbortSignal) => Promise<void>
}

/** One tab of all leads. Gives the function that ends it for this tab. */
export function takeTurns({ name, locks, channel, timers, clock, lead }: LeaderOptions): () => void {
  const stopped = new AbortController()
  let waiting = new AbortController()
  let leading = false
  let steal = false
  let heardAt = clock.mono()

  async function work(stolen: AbortSignal) {
    leading = true
    const until = whenEither(stopped.signal, stolen)
    try {
      await lead(until)
    } finally {
      leading = false
      heardAt = clock.mono()
    }
  }

  async function turns() {
    while (!stopped.signal.aborted) {
      waiting = new AbortController()
      const giveUp = whenEither(stopped.signal, waiting.signal)
      const options = { steal, giveUp }
      steal = false
      await locks.hold(name, options, work).catch(() => pause())
    }
  }

  const pause = () => new Promise<void>((done) => timers.after(lookEveryMs, done))

  const unlisten = channel.listen((note) => {
    if (note.topic === 'beat') heardAt = clock.mono()
  })
  const unlook = repeat(timers, lookEveryMs, () => {
    if (leading || clock.mono() - heardAt < silentAfterMs) return
    heardAt = clock.mono()
    steal = true
    waiting.abort()
  })
  void turns()
  return () => {
    unlisten()
    unlook()
    stopped.abort()
  }
}
