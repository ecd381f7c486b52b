import { computed } from 'vue'
import { staysOf } from '../../../../domain/rules/duty/book.ts'
import { cameByUnit, daysBack, unitRows } from '../../../../domain/rules/duty/units.ts'
import { compare } from '../../../../domain/places.ts'
import { useStore } from '../../../store/index.ts'
import { useLive } from '../../../ui/useLive.ts'
import { useDutyDesk } from './dutyDesk.ts'
import { unitDays } from './readDuty.ts'

/** Units with what they brought on each of the last days. */
export function useUnits() {
  const store = useStore()
  const { town, book, whole, today, tomorrow } = useDutyDesk()
  const docs = useLive(() => store.watchDocs('unit'), [])
  const units = computed(() => [...docs.value].sort((a, b) => compare(a.body.name, b.body.name)))
  const days = computed(() => daysBack(today.value, tomorrow.value, unitDays, town.zone.value))
  return {
    town,
    ready: whole,
    units,
    days,
    rows: computed(() => unitRows(units.value, book.value.book.units.values(), days.value)),
    came: computed(() =>
      cameByUnit(staysOf(book.value.book), units.value, { from: today.value, to: tomorrow.value }),
    ),
  }
}
