import { computed } from 'vue'
import { useRoute, useRouter } from 'vue-router'
import { stayOf, staysOf } from '../../../../domain/rules/duty/book.ts'
import { turnOf } from '../../../../domain/rules/duty/ending.ts'
import { twinsOf } from '../../../../domain/rules/duty/together.ts'
import { cameByUnit } from '../../../../domain/rules/duty/units.ts'
import { useStore } from '../../../store/index.ts'
import { useLive } from '../../../ui/useLive.ts'
import { entriesOf, lateOf, rowsWithin, twiceOf, type EntryLine } from './entries.ts'
import { readEntryFilter, toEntries, type EntryFilter } from './links.ts'
import { useDutyBoard } from './useDutyBoard.ts'

/** The check-ins behind a figure, with the filter in the address. */
export function useEntries() {
  const board = useDutyBoard()
  const route = useRoute()
  const router = useRouter()
  const store = useStore()
  const units = useLive(() => store.watchDocs('unit'), [])
  const filter = computed(() => readEntryFilter(route.query))
  const byId = computed(() => new Map(board.nodes.value.map((node) => [node.id, node])))
  const rows = computed(() => rowsWithin(board.rows.value, filter.value, byId.value))
  const ofUnit = computed(() => {
    const { unit } = filter.value
    if (unit === undefined) return undefined
    const span = { from: board.yesterday.value, to: board.tomorrow.value }
    return new Set(cameByUnit(staysOf(board.book.value.book), units.value, span).get(unit))
  })
  const twice = computed(() => twiceOf(board.book.value, board.rows.value, board.now.value))
  const only = computed(() => (filter.value.what === 'twice' ? twice.value : ofUnit.value))
  const opened = computed((): EntryLine | null => {
    const id = route.query['entry']
    const { book } = board.book.value
    const stay = typeof id === 'string' ? stayOf(book, id) : null
    const post = board.rows.value.find((row) => row.post === stay?.body.post)
    if (!stay || !post) return null
    return { stay, turn: turnOf(book, stay), post, twins: twinsOf(book, stay, board.now.value) }
  })
  return {
    ...board,
    ready: board.whole,
    filter,
    units,
    twice,
    found: computed(() => entriesOf(board.book.value, rows.value, filter.value, only.value)),
    late: computed(() => (filter.value.what === 'late' ? lateOf(rows.value) : [])),
    opened,
    set: (change: Partial<EntryFilter>): void =>
      void router.replace(toEntries({ ...filter.value, ...change })),
    open: (id: string | null): void => {
      const { entry: _entry, ...query } = route.query
      void router.replace({ query: id ? { ...query, entry: id } : query })
    },
  }
}
