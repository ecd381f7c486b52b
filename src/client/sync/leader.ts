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
/**
 * A leader that is asked for answers at once. One that doesn't within this time is frozen, as iOS does it to a tab that
 * nobody looks at, or is gone and its lock stayed behind.
 */
const answersWithinMs = 5_000

/** They opened the app, came back to it, tapped, or saved: a leader answers each of these with a beat. */
export const asksLeader = (topic: Note['topic']): boolean =>
  topic === 'call' || topic === 'now' || topic === 'own'

/** The lock that the leading tab of a database holds. */
export const syncLock = (database: string): string => `gatepost-sync-${database}`

export interface LeaderOptions {
  name: string
  locks: Locks
  /** Beats of the leading tab, and what it answers with one. */
  channel: {
    tell(note: { topic: 'call' }): void
    listen(hear: (note: Pick<Note, 'topic'>) => void): () => void
  }
  timers: Timers
  clock: Clock
  /** Leads until the signal aborts. Called again when this tab comes to lead again. */
  lead: (until: AbortSignal) => Promise<void>
}

/**
 * Tells when a leader is missed: within seconds where somebody waits for what only a leader does, in any case within two
 * minutes. Not while `leads` says that it is this tab. Gives the function that ends it.
 */
function missLeader(
  { channel, timers, clock }: Pick<LeaderOptions, 'channel' | 'timers' | 'clock'>,
  leads: () => boolean,
  missed: () => void,
): () => void {
  let heardAt = clock.mono()
  let answeredAt = -Infinity
  let unwait: (() => void) | null = null

  function miss() {
    if (leads()) return
    heardAt = clock.mono()
    missed()
  }

  function wantAnswer() {
    // Among tabs that hear each other at once the answer comes first.
    if (leads() || unwait || answeredAt === clock.mono()) return
    unwait = timers.after(answersWithinMs, () => {
      unwait = null
      miss()
    })
  }

  function hearBeat() {
    answeredAt = heardAt = clock.mono()
    unwait?.()
    unwait = null
  }

  const unlisten = channel.listen(({ topic }) => {
    if (asksLeader(topic)) wantAnswer()
    if (topic === 'beat') hearBeat()
  })
  const unlook = repeat(timers, lookEveryMs, () => {
    if (leads()) heardAt = clock.mono()
    else if (clock.mono() - heardAt >= silentAfterMs) miss()
  })
  channel.tell({ topic: 'call' })
  return () => {
    unlisten()
    unlook()
    unwait?.()
  }
}

/** One tab of all leads. Gives the function that ends it for this tab. */
export function takeTurns(options: LeaderOptions): () => void {
  const { name, locks, timers, lead } = options
  const stopped = new AbortController()
  let waiting = new AbortController()
  let leading = false
  let steal = false

  async function work(stolen: AbortSignal) {
    leading = true
    steal = false
    const until = whenEither(stopped.signal, stolen)
    await lead(until).finally(() => (leading = false))
  }

  async function turns() {
    while (!stopped.signal.aborted) {
      waiting = new AbortController()
      const giveUp = whenEither(stopped.signal, waiting.signal)
      const how = { steal, giveUp }
      steal = false
      await locks.hold(name, how, work).catch(() => pause())
    }
  }

  const pause = () => new Promise<void>((done) => timers.after(lookEveryMs, done))

  void turns()
  const unmiss = missLeader(
    options,
    () => leading,
    () => {
      steal = true
      waiting.abort()
    },
  )
  return () => {
    unmiss()
    stopped.abort()
  }
}
