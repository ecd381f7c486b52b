import { breathe, painted } from './breath.ts'
import { broadcastChannel, type Channel } from './channel.ts'
import { systemClock, type Clock } from './clock.ts'
import { createIds, type Ids } from './ids.ts'
import { webLocks, type Locks } from './locks.ts'
import { systemRandom, type Random } from './random.ts'
import { browserStorage, localMirror, type Mirror, type StorageKeeper } from './storage.ts'
import { browserSurroundings, type Surroundings } from './surroundings.ts'
import { systemTimers, type Timers } from './timers.ts'
import { fetchTransport, type Transport } from './transport.ts'

/** Everything that store and sync take from outside. Tests and the simulation bring their own. */
export interface Platform {
  clock: Clock
  timers: Timers
  /** Lets what was pressed be answered and what has changed be painted before long work goes on. */
  breathe: () => Promise<void>
  /** Resolves when what has changed stands on the screen. */
  painted: () => Promise<void>
  random: Random
  ids: Ids
  transport: Transport
  /** Null where the browser has no Web Locks; then a row in the database serves. */
  locks: Locks | null
  surroundings: Surroundings
  storage: StorageKeeper
  mirror: Mirror
  channel<T>(name: string, read: (data: unknown) => T | null): Channel<T>
  indexedDB: IDBFactory
  IDBKeyRange: typeof IDBKeyRange
}

/** What this browser gives. `name` is the database's; `base` the centre's address, '' for the page's own. */
export const browserPlatform = (name: string, base = ''): Platform => ({
  clock: systemClock,
  timers: systemTimers,
  breathe,
  painted,
  random: systemRandom,
  ids: createIds(systemClock, systemRandom),
  transport: fetchTransport(systemTimers, base),
  locks: 'locks' in navigator ? webLocks(navigator.locks) : null,
  surroundings: browserSurroundings,
  storage: browserStorage,
  mirror: localMirror(`${name}-seen`),
  channel: broadcastChannel,
  indexedDB,
  IDBKeyRange,
})
