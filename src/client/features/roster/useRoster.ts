import { computed, inject, onScopeDispose, ref, type ComputedRef, type InjectionKey, type Ref } from 'vue'
import type { Doc, Fact } from '../../../domain/entry.ts'
import type { EntryId, MemberId, PostId } from '../../../domain/ids.ts'
import type { Post } from '../../../domain/kinds/post.ts'
import { logbookId } from '../../../domain/logbooks.ts'
import { staysOf, type Stay } from '../../../domain/rules/duty/book.ts'
import { endOf, turnOf } from '../../../domain/rules/duty/ending.ts'
import {
  fullTurns,
  myTurns,
  openTurns,
  staffedTurn,
  type MyTurn,
  type Staffed,
} from '../../../domain/rules/duty/roster.ts'
import { systemClock } from '../../platform/clock.ts'
import { isRoster, useDuty } from '../../store/duty.ts'
import { useStore, type Identity } from '../../store/index.ts'
import { useSync, type SyncStatus } from '../../sync/status.ts'
import { useLive } from '../../ui/useLive.ts'
import { useTidings, type TurnTidings } from './useTidings.ts'

/** The roster as it concerns the holder of this phone. */
export interface Roster extends TurnTidings {
  identity: Readonly<Ref<Identity | null>>
  me: ComputedRef<MemberId>
  /** What the holder can do, as the coordinator has noted it. */
  skills: ComputedRef<readonly string[]>
  /** Corrected time, ms; moves by itself. */
  now: ComputedRef<number>
  /** What the phone holds was read. */
  ready: Readonly<Ref<boolean>>
  posts: ComputedRef<ReadonlyMap<PostId, Doc<Post>>>
  mine: ComputedRef<MyTurn[]>
  open: ComputedRef<Staffed[]>
  /** Turns without a free place; one may stand in line for them. */
  full: ComputedRef<Staffed[]>
  /** Any turn that was not cancelled. */
  find(turn: EntryId): Staffed | null
  /** Where they have checked in and not out. */
  here: ComputedRef<Stay | null>
}

export const rosterKey: InjectionKey<Roster> = Symbol('roster')

const everyMs = 20_000

/** The centre's time as this phone knows it. */
function useNow(): ComputedRef<number> {
  const sync = useSync()
  const status = useLive<SyncStatus | null>(() => sync.status, null)
  const device = ref(systemClock.now())
  const timer = setInterval(() => (device.value = systemClock.now()), everyMs)
  onScopeDispose(() => clearInterval(timer))
  return computed(() => device.value + (status.value?.clockOffMs ?? 0))
}

const ofCheckIns = ['checkIn', 'checkOut']

export function createRoster(): Roster {
  const store = useStore()
  const now = useNow()
  const identity = useLive<Identity | null>(() => store.identity(), null)
  const me = computed(() => identity.value?.member ?? '')
  const logbook = computed(() => (identity.value ? logbookId('duty', identity.value.community) : null))
  // Everybody's check-ins would be thousands: only one's own say where one is. A change of them may be another's.
  const wanted = (fact: Fact): boolean =>
    isRoster(fact) ||
    fact.kind === 'amendment' ||
    (ofCheckIns.includes(fact.kind) && (fact.by === me.value || fact.body['member'] === me.value))
  const { book, ready } = useDuty(
    () => logbook.value,
    () => now.value,
    wanted,
  )
  const posts = useLive<Doc<Post>[]>(() => store.watchDocs('post'), [])
  const isOpen = (stay: Stay): boolean =>
    stay.body.member === me.value && endOf(stay, turnOf(book.value, stay), now.value) === null
  return {
    ...useTidings(store, me, now),
    identity,
    me,
    skills: computed(() => identity.value?.skills ?? []),
    now,
    ready,
    posts: computed(() => new Map(posts.value.map((post) => [post.id, post]))),
    mine: computed(() => myTurns(book.value, me.value, now.value)),
    open: computed(() => openTurns(book.value, me.value, now.value)),
    full: computed(() => fullTurns(book.value, me.value, now.value)),
    find: (turn) => staffedTurn(book.value, turn),
    here: computed(() => staysOf(book.value).findLast(isOpen) ?? null),
  }
}

/** The roster that the frame provides. */
export function useRoster(): Roster {
  const roster = inject(rosterKey)
  if (!roster) throw new Error('no roster was provided')
  return roster
}
