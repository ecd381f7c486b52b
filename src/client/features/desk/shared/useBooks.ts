import {
  computed,
  onScopeDispose,
  shallowRef,
  triggerRef,
  watch,
  type ComputedRef,
  type ShallowRef,
} from 'vue'
import type { Fact } from '../../../../domain/entry.ts'
import type { LogbookId } from '../../../../domain/ids.ts'
import { absorb, emptyLedger, type Ledger } from '../../../../domain/rules/ledger.ts'
import { useStore } from '../../../store/index.ts'

/** Gate logbooks in memory. The map is changed in place; the ref tells when. */
export interface Books {
  books: ShallowRef<ReadonlyMap<LogbookId, Ledger>>
  /** Every logbook has said what it has. */
  ready: ComputedRef<boolean>
}

/** Follows the logbooks since a corrected time (ms) and starts over when either changes. */
export function useBooks(logbooks: () => readonly LogbookId[], since: () => number): Books {
  const store = useStore()
  const books = shallowRef<ReadonlyMap<LogbookId, Ledger>>(new Map())
  const answered = shallowRef<ReadonlySet<LogbookId>>(new Set())
  let stops: (() => void)[] = []
  const end = (): void => stops.splice(0).forEach((stop) => stop())

  const follow = (logbook: LogbookId, ledger: Ledger, from: number): (() => void) =>
    store.followFacts(logbook, from, (facts: Fact[]) => {
      absorb(ledger, facts)
      answered.value = new Set([...answered.value, logbook])
      triggerRef(books)
    })

  watch(
    () => [since(), ...new Set(logbooks())].join(' '),
    () => {
      end()
      const ids = [...new Set(logbooks())]
      answered.value = new Set()
      const fresh = new Map(ids.map((id) => [id, emptyLedger()]))
      books.value = fresh
      stops = ids.map((id) => follow(id, fresh.get(id) ?? emptyLedger(), since()))
    },
    { immediate: true },
  )
  onScopeDispose(end)
  return { books, ready: computed(() => logbooks().every((id) => answered.value.has(id))) }
}
