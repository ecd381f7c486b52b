import { onScopeDispose, ref, watch, type Ref } from 'vue'
import type { TextKey } from '../../i18n/index.ts'
import { useSync, type SyncStatus } from '../../sync/status.ts'

/** How long a try may stay unanswered before the person is told so. It goes on behind. */
const patienceMs = 15_000

export interface Try {
  trying: Ref<boolean>
  outcome: Ref<TextKey | null>
  tryNow(): void
}

/** "Try now": answered only by a contact that came after the tap; a time-out is never called a success. */
export function useTry(status: Readonly<Ref<SyncStatus | null>>): Try {
  const sync = useSync()
  const trying = ref(false)
  const outcome = ref<TextKey | null>(null)
  let contactBefore: number | null = null
  let timer: ReturnType<typeof setTimeout> | undefined

  function end(words: TextKey): void {
    clearTimeout(timer)
    trying.value = false
    outcome.value = words
  }
  watch(
    () => status.value?.lastContactAt ?? null,
    (contact) => {
      if (trying.value && contact !== contactBefore) end('sync.triedSent')
    },
  )
  onScopeDispose(() => clearTimeout(timer))
  return {
    trying,
    outcome,
    tryNow() {
      contactBefore = status.value?.lastContactAt ?? null
      trying.value = true
      outcome.value = null
      timer = setTimeout(() => end('sync.triedNone'), patienceMs)
      sync.tryNow()
    },
  }
}
