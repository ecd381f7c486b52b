import { computed, onScopeDispose, ref, type ComputedRef } from 'vue'
import { systemClock } from '../../../platform/clock.ts'
import { useSync, type SyncStatus } from '../../../sync/status.ts'
import { useLive } from '../../../ui/useLive.ts'

const everyMs = 20_000

/** The centre's time as this device knows it, ms; it moves by itself. */
export function useNow(): ComputedRef<number> {
  const sync = useSync()
  const device = ref(systemClock.now())
  const status = useLive<SyncStatus | null>(() => sync.status, null)
  const timer = setInterval(() => (device.value = systemClock.now()), everyMs)
  onScopeDispose(() => clearInterval(timer))
  return computed(() => device.value + (status.value?.clockOffMs ?? 0))
}
