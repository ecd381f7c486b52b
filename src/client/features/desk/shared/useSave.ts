import { ref, type Ref } from 'vue'
import type { Draft } from '../../../../domain/entry.ts'
import { SaveFailed, useStore } from '../../../store/index.ts'
import type { TextKey } from '../../../i18n/index.ts'

export interface Saver {
  busy: Readonly<Ref<boolean>>
  /** Why the last save stored nothing. */
  failed: Ref<TextKey | null>
  /** True when everything is on disk. The form keeps its content otherwise. */
  save(drafts: readonly Draft[]): Promise<boolean>
}

const reason = (cause: unknown): TextKey =>
  cause instanceof SaveFailed ? `common.saveFailed.${cause.code}` : 'common.saveFailed.unavailable'

export function useSave(): Saver {
  const store = useStore()
  const busy = ref(false)
  const failed = ref<TextKey | null>(null)
  const save = async (drafts: readonly Draft[]): Promise<boolean> => {
    if (busy.value) return false
    busy.value = true
    failed.value = null
    try {
      if (drafts.length > 0) await store.save(drafts)
      return true
    } catch (cause) {
      failed.value = reason(cause)
      return false
    } finally {
      busy.value = false
    }
  }
  return { busy, failed, save }
}
