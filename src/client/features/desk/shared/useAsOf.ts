import { computed, type ComputedRef } from 'vue'
import { useSync, type SyncStatus } from '../../../sync/status.ts'
import { useLive } from '../../../ui/useLive.ts'
import { useNow } from './useNow.ts'

/** Contact older than this is told: the figures are as of then. */
const freshMs = 3 * 60_000

/** Until when the figures are the centre's, by its time, ms; null while they are live, 0 where it was never heard. */
export function useAsOf(): ComputedRef<number | null> {
  const sync = useSync()
  const now = useNow()
  const status = useLive<SyncStatus | null>(() => sync.status, null)
  return computed(() => {
    if (status.value === null) return null
    const { state, lastContactAt, clockOffMs } = status.value
    if (lastContactAt === null) return 0
    const heard = lastContactAt + (clockOffMs ?? 0)
    const isLive = state !== 'offline' && state !== 'full' && now.value - heard < freshMs
    return isLive ? null : heard
  })
}
