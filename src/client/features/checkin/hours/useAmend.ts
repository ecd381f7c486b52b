import { ref, type Ref } from 'vue'
import type { Draft } from '../../../../domain/entry.ts'
import type { Stay } from '../../../../domain/rules/duty/book.ts'
import { leftDrafts } from '../../../../domain/rules/duty/records.ts'
import { twinsOf } from '../../../../domain/rules/duty/together.ts'
import { SaveFailed, type SaveProblem } from '../../../store/index.ts'
import { useCheckIns } from '../useCheckIns.ts'

export interface Amend {
  failed: Ref<SaveProblem | null>
  /** Another time (corrected ms) for when they came or left. True when it is on the disk. */
  say(stay: Stay, field: 'came' | 'left', at: number): Promise<boolean>
}

/** Puts an hour right. What it was stays readable beside what it is. */
export function useAmend(): Amend {
  const { store, logbook, book, exact } = useCheckIns()
  const failed = ref<SaveProblem | null>(null)

  function draftsFor(stay: Stay, field: 'came' | 'left', at: number): Draft[] {
    const came = { target: stay.fact.id, patch: { came: at }, why: 'mistake' }
    if (field === 'came') return [{ kind: 'amendment', logbook: logbook.value, body: came }]
    const visit = {
      logbook: logbook.value,
      post: stay.body.post,
      who: { name: stay.body.name },
      evidence: { way: 'hand' as const },
    }
    return leftDrafts({ stay, twins: twinsOf(book.value, stay, exact()) }, visit, at)
  }

  return {
    failed,
    async say(stay, field, at) {
      failed.value = null
      try {
        await store.save(draftsFor(stay, field, at))
        return true
      } catch (cause) {
        failed.value = cause instanceof SaveFailed ? cause.code : 'unavailable'
        return false
      }
    },
  }
}
