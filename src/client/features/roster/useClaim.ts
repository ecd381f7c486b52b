import { ref, type Ref } from 'vue'
import type { Turn } from '../../../domain/rules/duty/book.ts'
import type { Claim } from '../../../domain/kinds/claim.ts'
import { SaveFailed, useStore, type SaveProblem } from '../../store/index.ts'
import { useRoster } from './useRoster.ts'

export interface Claiming {
  busy: Readonly<Ref<boolean>>
  failed: Ref<SaveProblem | null>
  /** True when it is on the phone's disk. What comes of it the centre decides. */
  claim(turn: Turn, act: Claim['act']): Promise<boolean>
}

/** Takes a turn or gives it back, in the name of this phone's holder. */
export function useClaim(): Claiming {
  const store = useStore()
  const { identity, noted } = useRoster()
  const busy = ref(false)
  const failed = ref<SaveProblem | null>(null)
  async function claim(turn: Turn, act: Claim['act']): Promise<boolean> {
    const who = identity.value
    if (!who || busy.value) return false
    busy.value = true
    failed.value = null
    const body: Claim = { shift: turn.fact.id, member: who.member, name: who.name, act }
    try {
      await store.save([{ kind: 'claim', logbook: turn.fact.logbook, body }])
      // What they take is what they see.
      if (act === 'take') await noted(turn).catch(() => undefined)
      return true
    } catch (cause) {
      failed.value = cause instanceof SaveFailed ? cause.code : 'unavailable'
      return false
    } finally {
      busy.value = false
    }
  }
  return { busy, failed, claim }
}
