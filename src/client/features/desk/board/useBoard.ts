import { computed } from 'vue'
import { dayBefore, dayStart } from '../../../../domain/rules/boardDays.ts'
import { useCalls } from '../../../sync/calls.ts'
import { isQuiet, byNeed as quietFirst } from '../people/installs.ts'
import { booksSince } from '../shared/since.ts'
import { useBooks } from '../shared/useBooks.ts'
import { useNow } from '../shared/useNow.ts'
import { usePolled } from '../shared/usePolled.ts'
import { useTown } from '../shared/town.ts'
import { barsOf, gateRows, totalsOf } from './figures.ts'

/** The board from the phone's own store: the same with and without a network. */
export function useBoard() {
  const town = useTown()
  const calls = useCalls()
  const now = useNow()
  const installs = usePolled(() => calls.installs())
  const today = computed(() => dayStart(now.value, town.zone.value))
  const from = computed(() => dayBefore(today.value, town.zone.value))
  const { books, ready } = useBooks(
    () => town.gates.value.map((gate) => gate.logbook),
    () => booksSince(now.value, town.zone.value),
  )
  const phones = computed(() => installs.value.value?.installs ?? [])
  const rows = computed(() =>
    gateRows({
      gates: town.gates.value,
      books: books.value,
      installs: phones.value,
      member: town.identity.value?.member ?? '',
      now: now.value,
      zone: town.zone.value,
      from: from.value,
    }),
  )
  return {
    town,
    now,
    today,
    from,
    ready,
    rows,
    totals: computed(() => totalsOf(rows.value)),
    bars: computed(() => barsOf(rows.value)),
    quiet: computed(() => phones.value.filter((phone) => isQuiet(phone, now.value)).sort(quietFirst)),
    phonesKnown: computed(() => installs.value.value !== null),
  }
}
