import { computed, type ComputedRef } from 'vue'
import { useText } from '../../i18n/index.ts'
import type { GateBook } from './book/gateBook.ts'
import type { GateForm } from './useGateForm.ts'

/** The line under the gate's name: how many are inside or how many parking spaces are taken, once that is known. */
export function useHere(book: GateBook, { form, settings }: GateForm): ComputedRef<string> {
  const { t, tn, number } = useText()
  const inside = (): string => {
    if (!book.ready.value) return t('common.loading')
    const { people, vehicles } = book.ledger.value.presence
    if (form.subject === 'person') return tn('gate.here.inside', people)
    const all = settings.value.parkingSpaces
    return all === undefined
      ? tn('gate.here.vehicles', vehicles)
      : t('gate.here.parking', { used: number(vehicles), all: number(all) })
  }
  return computed(inside)
}
