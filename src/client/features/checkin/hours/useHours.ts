import { computed } from 'vue'
import type { Stay } from '../../../../domain/rules/duty/book.ts'
import { cameAt } from '../../../../domain/rules/duty/book.ts'
import { conflictsById, conflictsOf } from '../../../../domain/rules/duty/conflict.ts'
import { countedOf } from '../../../../domain/rules/duty/counted.ts'
import { endOf, turnOf } from '../../../../domain/rules/duty/ending.ts'
import { minutesOf, sumOf } from '../../../../domain/rules/duty/hours.ts'
import { forgottenOf, staysOfMember } from '../../../../domain/rules/duty/mine.ts'
import { localTime } from '../../../../domain/rules/localTime.ts'
import { useCheckIns } from '../useCheckIns.ts'

/** One's own stays as this phone has them, newest first, and what they add up to. */
export function useHours() {
  const { book, identity, now, zone, post } = useCheckIns()
  const me = computed(() => identity.value?.member ?? '')
  const stays = computed(() => staysOfMember(book.value, me.value).reverse())
  const forgotten = computed(
    () => new Set(forgottenOf(book.value, me.value, now.value).map((s) => s.fact.id)),
  )
  const lasted = (stay: Stay) => minutesOf(stay, turnOf(book.value, stay), now.value)
  const month = computed(() => localTime(now.value, zone.value).day.slice(0, 7))
  const counted = computed(() => countedOf(stays.value, (stay) => turnOf(book.value, stay), now.value))
  const sum = computed(() =>
    sumOf(
      stays.value
        .filter((stay) => localTime(cameAt(stay), zone.value).day.startsWith(month.value))
        .map((stay) => counted.value.get(stay.fact.id) ?? lasted(stay)),
    ),
  )
  const conflicts = computed(() =>
    // Two posts sooner than one gets from one to the other is the coordinator's to look at: no time was counted twice.
    conflictsById(
      conflictsOf(staysOfMember(book.value, me.value), {
        turnOf: (stay) => turnOf(book.value, stay),
        positionOf: (id) => post(id)?.body.position,
        now: now.value,
      }).filter(({ how }) => how !== 'travel'),
    ),
  )
  return {
    me,
    stays,
    /** Where one was signed in twice: by the id of either stay. */
    conflicts,
    forgotten,
    sum,
    lasted,
    ending: (stay: Stay) => endOf(stay, turnOf(book.value, stay), now.value),
  }
}
