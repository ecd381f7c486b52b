import { shallowRef, triggerRef, watch, type ShallowRef } from 'vue'
import type { Fact } from '../../domain/entry.ts'
import type { LogbookId } from '../../domain/ids.ts'
import { kinds } from '../../domain/kinds/index.ts'
import { absorbDuty, emptyDuty, type DutyBook } from '../../domain/rules/duty/book.ts'
import { useStore } from './index.ts'
import { takeUp } from './takeUp.ts'

const dayMs = 24 * 60 * 60_000

/** A duty logbook as a screen follows it. The book is changed in place; the ref tells when. */
export interface FollowedDuty {
  book: Readonly<ShallowRef<DutyBook>>
  /** True once what the phone holds was read. */
  ready: Readonly<ShallowRef<boolean>>
}

/**
 * The duty logbook, as far back as turns stay on a phone. `logbook` '' or null: nothing to follow yet. `now`: corrected
 * time, ms. `wanted` leaves out what the screen does not look at, such as everybody's check-ins.
 */
export function useDuty(
  logbook: () => LogbookId | null,
  now: () => number,
  wanted: (fact: Fact) => boolean = () => true,
): FollowedDuty {
  const store = useStore()
  const book = shallowRef(emptyDuty())
  const ready = shallowRef(false)
  watch(
    logbook,
    (id, _, onCleanup) => {
      const fresh = emptyDuty()
      book.value = fresh
      ready.value = false
      if (!id) return
      const since = now() - kinds.shift.keptDays.phone * dayMs
      const end = takeUp({
        follow: (onFacts) => store.followFacts(id, since, onFacts),
        absorb: (facts) => absorbDuty(fresh, facts.filter(wanted)),
        shown: () => {
          ready.value = true
          triggerRef(book)
        },
      })
      onCleanup(end)
    },
    { immediate: true },
  )
  return { book, ready }
}

const planned = ['shift', 'shiftChange', 'assignment', 'claim']

/** For `wanted`: who has which turn, and nothing of what came of it. */
export const isRoster = (fact: Fact): boolean => planned.includes(fact.kind)
