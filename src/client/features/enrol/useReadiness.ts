import { computed, onScopeDispose, ref, type ComputedRef } from 'vue'
import { browserStorage } from '../../platform/storage.ts'
import { useUpdates } from '../../platform/updates.ts'
import { useStore } from '../../store/index.ts'
import { useSync, type SyncStatus } from '../../sync/status.ts'
import { useLive } from '../../ui/useLive.ts'
import { isReady, readinessOf, type Readiness } from './readiness.ts'

const lookAgainMs = 700

/** Writes a word that no earlier run wrote and reads it back. */
async function testWrite(store: ReturnType<typeof useStore>): Promise<boolean> {
  const word = `${Date.now()}`
  try {
    await store.setPref('readiness.test', word)
    return (await store.pref<string>('readiness.test')) === word
  } catch {
    return false
  }
}

export function useReadiness(): { readiness: ComputedRef<Readiness>; ready: ComputedRef<boolean> } {
  const store = useStore()
  const sync = useSync()
  const updates = useUpdates()
  const status = useLive<SyncStatus | null>(() => sync.status, null)
  const persisted = ref<boolean | null | undefined>()
  const shell = ref<boolean | null | undefined>()
  const testRead = ref<boolean | undefined>()

  const lookAtShell = async (): Promise<void> => void (shell.value = await updates.shellReady())
  const timer = setInterval(() => {
    if (shell.value === false) void lookAtShell()
  }, lookAgainMs)
  onScopeDispose(() => clearInterval(timer))
  void lookAtShell()
  void browserStorage.persist().then((answer) => (persisted.value = answer))
  void testWrite(store).then((answer) => (testRead.value = answer))

  const readiness = computed(() =>
    readinessOf({
      status: status.value,
      persisted: persisted.value,
      shell: shell.value,
      testRead: testRead.value,
    }),
  )
  return { readiness, ready: computed(() => isReady(readiness.value)) }
}
