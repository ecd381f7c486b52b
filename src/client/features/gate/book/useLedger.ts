import { shallowRef, triggerRef, watch, type ComputedRef, type ShallowRef } from 'vue'
import type { Fact } from '../../../../domain/entry.ts'
import type { LogbookId } from '../../../../domain/ids.ts'
import { kinds } from '../../../../domain/kinds/index.ts'
import { absorb, emptyLedger, type Ledger } from '../../../../domain/rules/ledger.ts'
import { breathe, whenCalm } from '../../../platform/breath.ts'
import type { Store } from '../../../store/index.ts'
import type { Gate } from './gates.ts'

const dayMs = 24 * 60 * 60_000

export interface FollowedLedger {
  ledger: Readonly<ShallowRef<Ledger>>
  /** True once what the phone holds was read. */
  ready: Readonly<ShallowRef<boolean>>
}

/** So many facts are taken up before a press may be answered. */
const slice = 60

/** Takes up many facts piece by piece, oldest first, so that the pad answers meanwhile; `left` ends it. */
async function absorbMany(ledger: Ledger, facts: readonly Fact[], left: () => boolean): Promise<void> {
  const inOrder = [...facts].sort((a, b) => a.at - b.at)
  for (let i = 0; i < inOrder.length && !left(); i += slice) {
    if (i > 0) await breathe()
    absorb(ledger, inOrder.slice(i, i + slice))
  }
}

/** Facts of one logbook into a book of its own; the answer ends it. */
function fill(
  book: Ledger,
  follow: (onFacts: (facts: Fact[]) => void) => () => void,
  shown: () => void,
): () => void {
  let left = false
  let filling: Promise<void> | null = null
  let stop = () => {}
  const hear = (facts: Fact[]) => {
    if (!filling && facts.length <= slice) {
      absorb(book, facts)
      shown()
      return
    }
    const mine = (filling ?? Promise.resolve()).then(() => absorbMany(book, facts, () => left))
    filling = mine
    void mine.then(() => {
      if (filling === mine) filling = null
      if (!left) shown()
    })
  }
  // The pad comes first: it asks before it needs to know who is inside.
  whenCalm(() => {
    if (!left) stop = follow(hear)
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
      onCleanup(fill(ledger.value, (onFacts) => store.followFacts(logbook, from, onFacts), shown))
    },
    { immediate: true },
  )
  return { ledger, ready }
}
