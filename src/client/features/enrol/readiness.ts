import type { SyncStatus } from '../../sync/status.ts'

/** `no`: an answer with words, not a failure of the app. */
export type Check = 'wait' | 'yes' | 'no'
export const checks = ['storage', 'shell', 'data', 'write'] as const
export type CheckName = (typeof checks)[number]
export type Readiness = Record<CheckName, Check>

/** What each check is reckoned from. Undefined: not known yet. */
export interface Evidence {
  status: Pick<SyncStatus, 'persisted' | 'firstSyncDone' | 'state'> | null
  /** What the browser answered when asked to keep the storage. */
  persisted: boolean | null | undefined
  /** Null: this browser has no service worker. */
  shell: boolean | null | undefined
  testRead: boolean | undefined
}

const answered = (value: boolean | null | undefined): Check =>
  value === undefined ? 'wait' : value ? 'yes' : 'no'

export function readinessOf({ status, persisted, shell, testRead }: Evidence): Readiness {
  const kept = persisted ?? status?.persisted ?? persisted
  const data = status?.firstSyncDone ? 'yes' : status?.state === 'offline' ? 'no' : 'wait'
  return {
    storage: answered(kept),
    // False is a service worker that is still filling its cache.
    shell: shell === false ? 'wait' : answered(shell),
    data,
    write: answered(testRead),
  }
}

/** Storage was asked for (granted or not, said in words), shell and data are complete, the test entry came back. */
export const isReady = (readiness: Readiness): boolean =>
  readiness.storage !== 'wait' &&
  readiness.shell === 'yes' &&
  readiness.data === 'yes' &&
  readiness.write === 'yes'
