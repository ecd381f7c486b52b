import { computed, type ComputedRef } from 'vue'
import { useSync, type SyncStatus } from '../../sync/status.ts'
import { useLive } from '../../ui/useLive.ts'

/** Where this phone stands; null for the moment before it is known. */
export const useStatus = (): ComputedRef<SyncStatus | null> => {
  const sync = useSync()
  const status = useLive<SyncStatus | null>(() => sync.status, null)
  return computed(() => (status.value?.known ? status.value : null))
}
