import { computed, type ComputedRef } from 'vue'
import { useSync, type SyncStatus } from '../../../sync/status.ts'
import { useLive } from '../../../ui/useLive.ts'
import { useNow } from './useNow.ts'

/** Contact older than this is told: the figures are as of then. */
const freshMs = 3 * 60_000

/** When the centre was last heard, ms; null while the figures are live, 0 where it never was. */
export function useAsOf(): ComputedRef<number | null> {
  const sync = useSync()
  const now = useNow()
  const status = useLive<SyncStatus | null>(() => sync.status, null)
  return computed(() => {
    if (status.value === null) return null
    const last = status.value.lastContactAt
    return last !== null && now.value - last < freshMs ? null : (last ?? 0)
  })
}
