import { computed, inject, shallowRef, triggerRef, watch, type ComputedRef } from 'vue'
import { useRoute, useRouter } from 'vue-router'
import { addDays, mondayOf, momentOf, weekFrom } from '../../../../domain/rules/localMoment.ts'
import { localTime } from '../../../../domain/rules/localTime.ts'
import { staffedBetween, type Staffed } from '../../../../domain/rules/duty/roster.ts'
import { isRoster, useDuty, type FollowedDuty } from '../../../store/duty.ts'
import { dutyKey } from '../duty/dutyDesk.ts'
import { useNow } from '../shared/useNow.ts'
import { useTown, type Town } from '../shared/town.ts'

/** The roster of the week that the address names: `?week=2026-11-23`, a Monday; none = this week. */
export interface Plan extends FollowedDuty {
  town: Town
  /** Corrected time, ms. */
  now: ComputedRef<number>
  today: ComputedRef<string>
  monday: ComputedRef<string>
  days: ComputedRef<string[]>
  /** First moment of a local day, ms. */
  startOf(day: string): number
  /** Turns that start in the week, by their start. */
  list: ComputedRef<Staffed[]>
  /** Turns of the week and the days around it, for what may clash with them. */
  around: ComputedRef<Staffed[]>
  toWeek(weeks: number): void
}

/** The desk's frame follows the duty logbook already, and what it has read is here too; a page that stands alone reads it. */
function useRosterBook(town: Town, now: ComputedRef<number>): FollowedDuty {
  const desk = inject(dutyKey, null)?.use()
  if (!desk)
    return useDuty(
      () => town.duty.value,
      () => now.value,
      isRoster,
    )
  const book = shallowRef(desk.book.value.book)
  watch(
    desk.book,
    (posts) => {
      if (book.value === posts.book) triggerRef(book)
      else book.value = posts.book
    },
    { flush: 'sync' },
  )
  return { book, ready: desk.whole }
}

export function usePlan(): Plan {
  const [route, router] = [useRoute(), useRouter()]
  const town = useTown()
  const now = useNow()
  const duty = useRosterBook(town, now)
  const today = computed(() => localTime(now.value, town.zone.value).day)
  const monday = computed(() => {
    const { week } = route.query
    return mondayOf(typeof week === 'string' && /^\d{4}-\d\d-\d\d$/.test(week) ? week : today.value)
  })
  const days = computed(() => weekFrom(monday.value))
  const startOf = (day: string): number => momentOf(day, 0, town.zone.value)
  const around = computed(() =>
    staffedBetween(duty.book.value, startOf(addDays(monday.value, -2)), startOf(addDays(monday.value, 9))),
  )
  const list = computed(() => {
    const [from, to] = [startOf(monday.value), startOf(addDays(monday.value, 7))]
    return around.value.filter(({ turn }) => turn.body.starts >= from && turn.body.starts < to)
  })
  const toWeek = (weeks: number): void => {
    const week = weeks === 0 ? mondayOf(today.value) : addDays(monday.value, 7 * weeks)
    void router.replace({ query: { ...route.query, week } })
  }
  return { ...duty, town, now, today, monday, days, startOf, list, around, toWeek }
}
