import { inject, type InjectionKey } from 'vue'
import type { Observable } from '../store/index.ts'

/**
 * `sent`: the centre has everything. `offline`: entries wait and there is no contact. `full`: the phone has no room for what
 * the centre says.
 */
export type SyncState =
  | 'sent'
  | 'waiting'
  | 'sending'
  | 'offline'
  | 'attention'
  | 'full'
  | 'revoked'
  | 'signed-out'

/** What a person may need to know beyond the state; catalogue `sync.problem.<code>`. */
export type SyncProblem =
  | 'storage-lost'
  | 'storage-unavailable'
  | 'storage-full'
  | 'database-newer'
  | 'keys-unavailable'
  | 'renewed'
  | 'version-unsupported'
  | 'not-gatepost'

export interface SyncStatus {
  /** False until the phone's records were counted once: what was not counted is not shown as zero. */
  known: boolean
  state: SyncState
  /** Entries logged on this phone since it was enrolled, also those purged since. */
  logged: number
  /** Of these, confirmed by a signed receipt. */
  received: number
  waiting: number
  /** Entries that other guards of this phone have logged and the centre does not have yet. */
  others: number
  /** Entries that need a hand. */
  attention: number
  /** Device time, ms. */
  lastContactAt: number | null
  /** What the browser answered when asked to keep the storage; null = not asked yet or unknown. */
  persisted: boolean | null
  /** Every logbook of the scope was pulled to its end once. */
  firstSyncDone: boolean
  /** Bytes. */
  estimate: { usage: number; quota: number } | null
  /** Centre time minus device time, ms; null = never learned. */
  clockOffMs: number | null
  problem: SyncProblem | null
}

export interface SyncControl {
  /** Gives the current value at once, then each change. */
  status: Observable<SyncStatus>
  /** Ends any waiting and sends now. */
  tryNow(): void
  /** The person has read the notice that the storage was lost, or that the install is another one. */
  dismiss(): Promise<void>
}

export const syncKey: InjectionKey<SyncControl> = Symbol('sync')

/** The sync of this app. To be called in a component's setup. */
export function useSync(): SyncControl {
  const sync = inject(syncKey)
  if (!sync) throw new Error('no sync was provided')
  return sync
}
