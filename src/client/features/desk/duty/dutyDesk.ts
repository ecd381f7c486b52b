import {
  computed,
  effectScope,
  inject,
  onScopeDispose,
  shallowRef,
  triggerRef,
  watch,
  type ComputedRef,
  type InjectionKey,
  type ShallowRef,
} from 'vue'
import type { Fact } from '../../../../domain/entry.ts'
import { kinds } from '../../../../domain/kinds/index.ts'
import { dayAfter, dayBefore, dayStart, hourMs } from '../../../../domain/rules/boardDays.ts'
import { longestUnplannedMs } from '../../../../domain/rules/duty/ending.ts'
import { absorbPosts, emptyPosts, type PostBook } from '../../../../domain/rules/duty/postBook.ts'
import { breathe } from '../../../platform/breath.ts'
import { useStore, type Store } from '../../../store/index.ts'
import { useNow } from '../shared/useNow.ts'
import { useTown, type Town } from '../shared/town.ts'

/** Days of sign-ins that the overview of units shows. */
export const unitDays = 7
const dayMs = 24 * hourMs

/** The duty logbook as the desk's boards read it: turns, and who came since yesterday. */
export interface DutyDesk {
  town: Town
  /** Changed in place; the ref tells when. */
  book: ShallowRef<PostBook>
  /** The logbook has said what it has. */
  ready: ShallowRef<boolean>
  now: ComputedRef<number>
  /** Local midnights, ms. */
  today: ComputedRef<number>
  tomorrow: ComputedRef<number>
  yesterday: ComputedRef<number>
}

export interface DutyKeeper {
  /** Begins to follow where nobody did; from then on the book is kept while the desk is open. */
  use(): DutyDesk
}

/** Of earlier days only turns are wanted, which are planned long before, and what units did this week. */
function isWanted({ kind, at }: Fact, since: number, today: number): boolean {
  if (kind === 'unitSignIn') return at >= today - (unitDays + 1) * dayMs
  return at >= since || !['checkIn', 'checkOut', 'vouch'].includes(kind)
}

/** So many facts are taken up before the screen has its turn: a large day must not freeze it. */
const slice = 1500

async function takeUp(book: PostBook, facts: readonly Fact[]): Promise<void> {
  for (let from = 0; from < facts.length; from += slice) {
    if (from > 0) await breathe()
    absorbPosts(book, facts.slice(from, from + slice))
  }
}

function follow(store: Store, town: Town, now: ComputedRef<number>): DutyDesk {
  const zone = town.zone
  const today = computed(() => dayStart(now.value, zone.value))
  const yesterday = computed(() => dayBefore(today.value, zone.value))
  const book = shallowRef(emptyPosts())
  const ready = shallowRef(false)
  let stop = (): void => undefined
  watch(
    [town.duty, today],
    ([logbook, start]) => {
      stop()
      ready.value = false
      const fresh = emptyPosts()
      book.value = fresh
      if (logbook === '') return
      const since = yesterday.value - longestUnplannedMs
      let taking = 0
      stop = store.followFacts(logbook, start - kinds.shift.keptDays.phone * dayMs, (facts) => {
        const wanted = facts.filter((fact) => isWanted(fact, since, start))
        const tell = (): void => {
          // Half a day's figures are shown to nobody.
          if (book.value !== fresh || (taking -= 1) > 0) return
          ready.value = true
          triggerRef(book)
        }
        taking += 1
        // What has just arrived is on the board in the same breath.
        if (wanted.length > slice) void takeUp(fresh, wanted).then(tell)
        else {
          absorbPosts(fresh, wanted)
          tell()
        }
      })
    },
    { immediate: true },
  )
  onScopeDispose(() => stop())
  const tomorrow = computed(() => dayAfter(today.value, zone.value))
  return { town, book, ready, now, today, tomorrow, yesterday }
}

/** To be called in a component's setup. */
export function createDutyKeeper(store: Store, town: Town): DutyKeeper {
  const scope = effectScope()
  const now = useNow()
  let desk: DutyDesk | undefined
  return { use: () => (desk ??= scope.run(() => follow(store, town, now)) ?? follow(store, town, now)) }
}

export const dutyKey: InjectionKey<DutyKeeper> = Symbol('duty')

/** The duty logbook that the desk's frame keeps. A page that stands alone follows it itself. */
export const useDutyDesk = (): DutyDesk =>
  (inject(dutyKey, null) ?? createDutyKeeper(useStore(), useTown())).use()
