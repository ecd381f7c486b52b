import type { GatepostDb } from './database.ts'
import { SaveFailed, type SaveProblem } from './types.ts'

/** An error and what it wraps: Dexie keeps the browser's own in `inner`. */
function* layers(cause: unknown): Generator<object> {
  for (let at = cause, depth = 0; typeof at === 'object' && at !== null && depth < 5; depth++) {
    yield at
    at = 'inner' in at && at.inner ? at.inner : 'cause' in at ? at.cause : null
  }
}

const named = (cause: unknown, names: readonly string[]): boolean =>
  [...layers(cause)].some((layer) => 'name' in layer && names.includes(String(layer.name)))

export const isFull = (cause: unknown): boolean => named(cause, ['QuotaExceededError'])

/**
 * The browser dropped the connection or the transaction, usually while the app was in the background. Trying again
 * on a new connection helps. UnknownError is what WebKit says with "Connection to Indexed Database server lost".
 */
export const isLost = (cause: unknown): boolean =>
  !isFull(cause) &&
  named(cause, [
    'UnknownError',
    'InvalidStateError',
    'DatabaseClosedError',
    'TransactionInactiveError',
    'AbortError',
    'TimeoutError',
  ])

/** Runs `work`; after a lost connection opens the database again and repeats, twice at most. */
export async function withReopen<T>(db: GatepostDb, work: (attempt: number) => PromiseLike<T>): Promise<T> {
  for (let attempt = 0; ; attempt++) {
    try {
      await db.ready()
      return await work(attempt)
    } catch (cause) {
      if (attempt === 2 || db.outdated || !isLost(cause)) throw cause
      db.close({ disableAutoOpen: false })
    }
  }
}

/** Errors of the database's own, by name: a transaction may wrap them. */
const ofDatabase: readonly (readonly [string, SaveProblem])[] = [
  ['DatabaseShut', 'locked'],
  ['DatabaseLeft', 'not-enrolled'],
]

/** What the person is told when a save failed. */
export function saveProblem(cause: unknown): SaveProblem {
  if (cause instanceof SaveFailed) return cause.code
  if (isFull(cause)) return 'full'
  return ofDatabase.find(([name]) => named(cause, [name]))?.[1] ?? 'unavailable'
}
