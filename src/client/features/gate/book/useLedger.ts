import { shallowRef, triggerRef, watch, type ComputedRef, type ShallowRef } from 'vue'
import { kinds } from '../../../../domain/kinds/index.ts'
import { absorb, emptyLedger, type Ledger } from '../../../../domain/rules/ledger.ts'
import type { Store } from '../../../store/index.ts'
import type { Gate } from './gates.ts'

const dayMs = 24 * 60 * 60_000

export interface FollowedLedger {
  ledger: Readonly<ShallowRef<Ledger>>
  /** True once what the phone holds was read. */
  ready: Readonly<ShallowRef<boolean>>
}

/**
 * The logbook of a gate's compound, as far back as passages stay on a phone. It is changed in place and told of by
 * a trigger: a tap must not copy ten thousand entries.
 */
export function useLedger(store: Store, gate: ComputedRef<Gate | null>, now: () => number): FollowedLedger {
  const ledger = shallowRef(emptyLedger())
  const ready = shallowRef(false)
  watch(
    () => gate.value?.logbook,
    (logbook, _, onCleanup) => {
      ledger.value = emptyLedger()
      ready.value = false
      if (!logbook) return
      const from = now() - kinds.passage.keptDays.phone * dayMs
      const stop = store.followFacts(logbook, from, (facts) => {
        absorb(ledger.value, facts)
        ready.value = true
        triggerRef(ledger)
      })
      onCleanup(stop)
    },
    { immediate: true },
  )
  return { ledger, ready }
}
