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
import type { Doc } from '../../../../domain/entry.ts'
import type { LogbookId } from '../../../../domain/ids.ts'
import type { LostCard } from '../../../../domain/kinds/lostCard.ts'
import type { Station } from '../../../../domain/kinds/station.ts'
import { dayAfter, dayBefore, dayStart } from '../../../../domain/rules/boardDays.ts'
import { viewByName } from '../../../../domain/permissions.ts'
import { emptyPosts, forgetStay, type PostBook } from '../../../../domain/rules/duty/postBook.ts'
import { groundOf } from '../../../../domain/rules/duty/proof.ts'
import type { StrengthContext } from '../../../../domain/rules/duty/strength.ts'
import { whenCalm } from '../../../platform/breath.ts'
import { useStore, type Store } from '../../../store/index.ts'
import { useLive } from '../../../ui/useLive.ts'
import { useNow } from '../shared/useNow.ts'
import { useTown, type Town } from '../shared/town.ts'
import { createBoard, type Board } from './board.ts'
import { keepBoard, keepEvery, keepSoonMs } from './keeping.ts'
import { createProofs } from './proofs.ts'
import { readDuty, type DutyReading } from './readDuty.ts'

/** The duty logbook as the desk's boards read it: turns, and who came since yesterday. */
export interface DutyDesk {
  town: Town
  /** Changed in place; the ref tells when. Before `whole` it knows figures of posts and no entries. */
  book: ShallowRef<PostBook>
  /** What is known of posts is complete. */
  ready: ShallowRef<boolean>
  /** So are the entries. */
  whole: ShallowRef<boolean>
  /** By what check-ins are believed here. */
  trust: StrengthContext
  /** Devices that show, or have shown, a post's code. */
  stations: ComputedRef<readonly Doc<Station>[]>
  board: Board
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

/** Does whoever is at this desk see check-ins whole, with the cards that they rest on? */
function seesCards({ identity }: Town): boolean {
  const { grants = [], community = '' } = identity.value ?? {}
  return viewByName('checkIn', { grants, path: [community] }) === 'full'
}

/** `changed` is told when figures read otherwise by what was found out of codes and cards. */
function useTrust(
  { store, town }: { store: Store; town: Town },
  book: ShallowRef<PostBook>,
  whole: ShallowRef<boolean>,
  changed: () => void,
) {
  const docs = useLive<Doc<Station>[] | null>(() => store.watchDocs('station', { removed: true }), null)
  const lost = useLive<Doc<LostCard>[] | null>(() => store.watchDocs('lostCard'), null)
  const ground = computed(() =>
    docs.value && lost.value
      ? groundOf(docs.value, seesCards(town) ? lost.value.map(({ body }) => body) : null)
      : null,
  )
  const proofs = createProofs({
    codes: store.codes,
    ground: () => ground.value,
    onWrong(ids) {
      for (const id of ids) forgetStay(book.value, id)
      changed()
      triggerRef(book)
    },
  })
  // A code may hold by a station that was not known before, a card no more.
  watch(ground, (_, before) => {
    if (before) proofs.forget()
    // What was kept has no entries to be read again.
    if (whole.value) book.value.read.clear()
    changed()
    triggerRef(book)
  })
  onScopeDispose(() => proofs.end())
  const trust: StrengthContext = { proofHolds: (stay) => proofs.holds(stay) }
  return { proofs, trust, stations: computed(() => docs.value ?? []) }
}

/** Keeps the board soon, and then more seldom. `keep`: false where there was nothing to keep yet. */
function nowAndThen(keep: () => Promise<boolean>): void {
  let pause = 0
  const timer = setInterval(() => {
    pause -= 1
    if (pause > 0) return
    // To pack a large day takes a while, and an entry may be arriving just now.
    whenCalm(() => {
      void keep().then((kept) => {
        if (kept) pause = keepEvery
      })
    })
  }, keepSoonMs)
  onScopeDispose(() => clearInterval(timer))
}

function follow(store: Store, town: Town, now: ComputedRef<number>): DutyDesk {
  const zone = town.zone
  const today = computed(() => dayStart(now.value, zone.value))
  const yesterday = computed(() => dayBefore(today.value, zone.value))
  const tomorrow = computed(() => dayAfter(today.value, zone.value))
  const [book, ready, whole] = [shallowRef(emptyPosts()), shallowRef(false), shallowRef(false)]
  let changed = false
  let reading: DutyReading | null = null
  const { proofs, trust, stations } = useTrust({ store, town }, book, whole, () => {
    changed = true
    reading?.judge()
  })
  const desk = { town, book, ready, whole, trust, stations, now, today, tomorrow, yesterday }
  const board = createBoard(desk)
  const day = () => ({ today: today.value, tomorrow: tomorrow.value, zone: zone.value })

  const show = (next: PostBook): void => {
    ready.value = true
    if (book.value === next) triggerRef(book)
    else book.value = next
  }
  const begin = (logbook: LogbookId): DutyReading =>
    readDuty({
      ...{ store, logbook, day: day(), yesterday: yesterday.value, trust, proofs },
      shown: show,
      prepare: board.prepare,
      told(fresh) {
        whole.value = true
        changed = true
        show(fresh)
      },
    })
  const end = (): void => {
    reading?.stop()
    reading = null
  }
  watch(
    [town.duty, today],
    ([logbook]) => {
      end()
      ;[ready.value, whole.value, changed] = [false, false, false]
      book.value = emptyPosts(trust)
      if (logbook !== '') reading = begin(logbook)
    },
    { immediate: true },
  )
  nowAndThen(async () => {
    const followed = reading?.followed()
    if (!changed || !followed || !whole.value) return false
    changed = false
    const logbook = town.duty.value
    const kept = await keepBoard({ store, logbook, day: day(), book: book.value, followed, proofs })
    changed ||= !kept
    return kept
  })
  onScopeDispose(end)
  return { ...desk, board }
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
