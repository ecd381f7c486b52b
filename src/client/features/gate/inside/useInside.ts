import { computed, type ComputedRef } from 'vue'
import { stays } from '../../../../domain/rules/handover.ts'
import type { Logged } from '../../../../domain/rules/logged.ts'
import { since } from '../../../../domain/rules/ledger.ts'
import { isOver, type Stay } from '../../../../domain/rules/overstay.ts'
import { isResident } from '../../../../domain/rules/presenceGroup.ts'
import { toRepeat, type ToRepeat } from '../../../../domain/rules/repeat.ts'
import type { GateBook } from '../book/gateBook.ts'

export const groups = ['guests', 'cars', 'residents'] as const
export type InsideGroup = (typeof groups)[number]

export interface Inside {
  stays: ComputedRef<Record<InsideGroup, Stay[]>>
  over: ComputedRef<Stay[]>
  repeat: ComputedRef<ToRepeat[]>
  lastHour: ComputedRef<Logged[]>
}

const hourMs = 60 * 60_000
const dayMs = 24 * hourMs
const hourAtMost = 100

const groupOf = ({ party }: Stay): InsideGroup => {
  if (party.subject === 'vehicle') return 'cars'
  return isResident(party.passage) ? 'residents' : 'guests'
}

/** Who and what is inside, what needs a hand first. */
export function useInside(book: GateBook): Inside {
  const now = book.now.shown
  const all = computed(() => stays(book.ledger.value, book.settingsOf, now.value))
  return {
    stays: computed(() => {
      const sorted: Record<InsideGroup, Stay[]> = { guests: [], cars: [], residents: [] }
      for (const stay of all.value) sorted[groupOf(stay)].push(stay)
      return sorted
    }),
    over: computed(() => all.value.filter((stay) => isOver(stay, now.value))),
    repeat: computed(() => toRepeat(book.ledger.value, now.value - dayMs)),
    lastHour: computed(() => since(book.ledger.value, now.value - hourMs).slice(0, hourAtMost)),
  }
}

/** The way out of a party, as an entry: the same people, home, plate and purpose. */
export function wayOut(stay: Stay, post: string): Record<string, unknown> {
  const { subject, household, home, name, plate, purpose } = stay.party.passage
  const kept = { household, home, name, plate, purpose }
  const how = plate ? 'plate' : home ? 'home' : name ? 'name' : 'none'
  return {
    post,
    way: 'out',
    subject,
    how,
    ...Object.fromEntries(Object.entries(kept).filter(([, value]) => value !== undefined)),
    ...(subject === 'person' && stay.party.heads > 1 ? { heads: stay.party.heads } : {}),
    decision: 'admit',
  }
}
