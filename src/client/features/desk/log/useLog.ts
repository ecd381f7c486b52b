import { computed, ref } from 'vue'
import { useRoute, useRouter } from 'vue-router'
import { dayAfter, dayBefore, dayStart } from '../../../../domain/rules/boardDays.ts'
import { booksSince } from '../shared/since.ts'
import { useBooks } from '../shared/useBooks.ts'
import { useNow } from '../shared/useNow.ts'
import { useTown } from '../shared/town.ts'
import { filterLog, type LogFilter } from './filter.ts'
import { readQuery, writeQuery } from './query.ts'

/** Days that a phone holds passages of; older ones come with an export. */
const daysHeld = 4

export interface Day {
  from: number
  to: number
}

/** The gate logbook with its filter in the address. */
export function useLog() {
  const town = useTown()
  const now = useNow()
  const route = useRoute()
  const router = useRouter()
  const text = ref('')
  const today = computed<Day>(() => {
    const from = dayStart(now.value, town.zone.value)
    return { from, to: dayAfter(from, town.zone.value) }
  })
  const days = computed<Day[]>(() => {
    const all = [today.value]
    for (let n = 1; n < daysHeld; n++) {
      const to = all[n - 1]?.from ?? today.value.from
      all.push({ from: dayBefore(to, town.zone.value), to })
    }
    return all
  })
  const filter = computed<LogFilter>(() => ({ ...readQuery(route.query, today.value), text: text.value }))
  const since = computed(() => Math.min(filter.value.from, booksSince(now.value, town.zone.value)))
  const { books, ready } = useBooks(
    () => town.gates.value.map((gate) => gate.logbook),
    () => since.value,
  )
  const set = (change: Partial<LogFilter>): void => {
    if (change.text !== undefined) text.value = change.text
    const query = writeQuery({ ...filter.value, ...change }, today.value)
    const entry = route.query['entry']
    void router.replace({ query: entry === undefined ? query : { ...query, entry } })
  }
  return {
    town,
    now,
    days,
    filter,
    set,
    ready,
    books,
    found: computed(() => filterLog(books.value, town.gates.value, filter.value, now.value)),
    open: (id: string | null): void => {
      const query = { ...writeQuery(filter.value, today.value), ...(id ? { entry: id } : {}) }
      void router.replace({ query })
    },
    opened: computed(() => {
      const id = route.query['entry']
      if (typeof id !== 'string') return null
      for (const ledger of books.value.values()) {
        const logged = ledger.entries.get(id)
        if (logged) return logged
      }
      return null
    }),
  }
}
