import { computed, type ComputedRef } from 'vue'
import type { Logged, LoggedPassage } from '../../../../domain/rules/logged.ts'
import { salvagePassage } from '../../../../domain/rules/salvage.ts'
import { useStore, type AttentionItem } from '../../../store/index.ts'
import { useLive } from '../../../ui/useLive.ts'
import type { GateBook } from '../book/gateBook.ts'

export interface Anew {
  /** The entry as far as it can be read, where it is an own passage that the centre could not take; else null. */
  readable: ComputedRef<LoggedPassage | null>
  /** It was logged anew: it needs a hand no longer. */
  settle(): Promise<void>
}

/**
 * An own passage whose content does not fit can't be corrected: the centre has nothing to correct. It is logged anew,
 * with the time of the first one, and the first one stays where it was put aside.
 */
export function useAnew(book: GateBook, logged: () => Logged | null): Anew {
  const store = useStore()
  const items = useLive<AttentionItem[]>(() => store.attention(), [])
  const item = computed(() => items.value.find(({ id }) => id === logged()?.fact.id))
  return {
    readable: computed(() => {
      const found = logged()
      if (found?.kind !== 'newer' || found.fact.kind !== 'passage' || !item.value) return null
      const body = salvagePassage(found.body, book.gate.value?.id ?? '')
      return { kind: 'passage', fact: found.fact, retracted: false, corrections: [], body }
    }),
    async settle() {
      if (item.value) await store.settleAttention(item.value.n)
    },
  }
}
