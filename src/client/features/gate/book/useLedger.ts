import { shallowRef, triggerRef, watch, type ComputedRef, type ShallowRef } from 'vue'
import type { Fact } from '../../../../domain/entry.ts'
import type { LogbookId } from '../../../../domain/ids.ts'
import { kinds } from '../../../../domain/kinds/index.ts'
import { absorb, emptyLedger, type Ledger } from '../../../../domain/rules/ledger.ts'
import { whenCalm } from '../../../platform/breath.ts'
import type { Store } from '../../../store/index.ts'
import { takeUp } from '../../../store/takeUp.ts'
import type { Gate } from './gates.ts'

const dayMs = 24 * 60 * 60_000

export interface FollowedLedger {
  ledger: Readonly<ShallowRef<Ledger>>
  /** True once what the phone holds was read. */
  ready: Readonly<ShallowRef<boolean>>
}

/** Begins when the pad stands: it asks before it needs to know who is inside. */
function calmly(begin: () => () => void): () => void {
  let left = false
  let stop = () => {}
  whenCalm(() => {
    if (!left) stop = begin()
  })
  return () => {
    left = true
    stop()
  }
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
    (logbook: LogbookId | undefined, _, onCleanup) => {
      ledger.value = emptyLedger()
      ready.value = false
      if (!logbook) return
      const from = now() - kinds.passage.keptDays.phone * dayMs
      const shown = () => {
        ready.value = true
        triggerRef(ledger)
      }
      const book = ledger.value
      const absorbed = (facts: readonly Fact[]) => absorb(book, facts)
      const follow = (onFacts: (facts: Fact[]) => void) => store.followFacts(logbook, from, onFacts)
      onCleanup(calmly(() => takeUp({ follow, absorb: absorbed, shown })))
    },
    { immediate: true },
  )
  return { ledger, ready }
}
