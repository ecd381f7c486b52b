import { localMirror, sessionMirror } from './storage.ts'

/** Which guard of a shared phone this tab works for. */
export interface Seat {
  /** The database of who is at the gate; of nobody yet, where that one is empty. */
  database: string
  /** Several guards use this phone, each behind a PIN. */
  shared(): boolean
  /** This tab was here before and was only loaded again; else it is asked who is at the gate. */
  resumed: boolean
  /** False: who is at the gate of a shared phone has to choose a PIN first. */
  pinned: boolean
  /** Another tab has changed guards since this one began. */
  moved(): boolean
  /** Loads the app anew for whoever another tab has opened. */
  follow(): void
  /** The database that this phone works for from now on. */
  take(database: string): void
  /** Loads the app anew, so that nothing of whoever was here stays in memory. */
  reload(): void
}

const key = 'gatepost-guard'
/** Null on a phone that is one guard's. Read before anything else, hence no database. */
const kept = localMirror(key)
const session = sessionMirror(key)

export const isSharedPhone = (): boolean => kept.read() !== null

export function browserSeat(): Seat {
  const current = () => kept.read() ?? 'gatepost'
  const database = current()
  function follow(): void {
    session.write(current())
    location.reload()
  }
  // Another tab has changed guards; this one follows.
  addEventListener('storage', (event) => {
    const next = event instanceof StorageEvent && event.key === key ? event.newValue : null
    if (next !== null && current() !== database) follow()
  })
  return {
    database,
    shared: isSharedPhone,
    resumed: session.read() === database,
    pinned: true,
    moved: () => current() !== database,
    follow,
    take(next) {
      kept.write(next)
      session.write(next)
    },
    reload: () => location.assign('/'),
  }
}
