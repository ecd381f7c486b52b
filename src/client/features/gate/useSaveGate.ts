import { ref, type Ref } from 'vue'
import { SaveFailed, type SaveProblem } from '../../store/index.ts'
import type { GateBook } from './book/gateBook.ts'

export interface SaveGate {
  failed: Ref<SaveProblem | null>
  /** True when it is on disk. `at`: when it happened, device time, ms, where that is not now. */
  save(kind: string, body: Record<string, unknown>, at?: number): Promise<boolean>
}

/** Saves one entry into the gate's logbook, at most one at a time. */
export function useSaveGate(book: GateBook): SaveGate {
  const failed = ref<SaveProblem | null>(null)
  let saving = false
  return {
    failed,
    async save(kind, body, at) {
      const gate = book.gate.value
      if (!gate || saving) return false
      saving = true
      failed.value = null
      try {
        await book.store.save([{ kind, logbook: gate.logbook, body, ...(at === undefined ? {} : { at }) }])
        return true
      } catch (cause) {
        failed.value = cause instanceof SaveFailed ? cause.code : 'unavailable'
        return false
      } finally {
        saving = false
      }
    },
  }
}
