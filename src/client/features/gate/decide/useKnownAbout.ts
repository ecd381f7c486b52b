import { computed, type ComputedRef } from 'vue'
import { groupOf } from '../../../../domain/rules/presence.ts'
import { atHome } from '../../../../domain/rules/presenceGroup.ts'
import { useText } from '../../../i18n/index.ts'
import type { GateBook } from '../book/gateBook.ts'
import type { GateForm } from '../useGateForm.ts'

/** One line about the one who passes: how many live there and are at home, or when a plate was last seen. */
export function useKnownAbout(book: GateBook, { draft }: GateForm): ComputedRef<string> {
  const { t, date } = useText()
  const purpose = (): string => {
    const known = draft.value.purpose
    return known === 'resident' ? t('gate.resident') : known ? t(`gate.purpose.${known}`) : ''
  }
  const plate = (): string => {
    const group = groupOf(book.ledger.value.presence, draft.value)
    const last = group?.passages.at(-1)
    if (!last) return t('gate.who.plateNew')
    const time = date(last.fact.at, 'time')
    return group?.inside.size ? t('gate.who.plateInside', { time }) : t('gate.who.plateOutside', { time })
  }
  return computed(() => {
    if (draft.value.subject === 'vehicle') return draft.value.plate ? plate() : purpose()
    const household = book.homes.byId.value.get(draft.value.household ?? '')
    const n = household?.heads ?? household?.people.length ?? 0
    if (!household || n === 0 || draft.value.purpose !== 'resident') return purpose()
    const m = atHome(groupOf(book.ledger.value.presence, { subject: 'person', home: household.home }), n)
    return t('gate.who.household', { purpose: purpose(), n, m })
  })
}
