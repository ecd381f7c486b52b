import { computed, inject, onScopeDispose, ref, type ComputedRef, type InjectionKey, type Ref } from 'vue'
import type { Doc, Fact } from '../../../domain/entry.ts'
import type { LogbookId, MemberId, PostId } from '../../../domain/ids.ts'
import { kindOf } from '../../../domain/kinds/index.ts'
import type { LostCard } from '../../../domain/kinds/lostCard.ts'
import type { Place } from '../../../domain/kinds/place.ts'
import type { Post } from '../../../domain/kinds/post.ts'
import type { Station } from '../../../domain/kinds/station.ts'
import { logbookId } from '../../../domain/logbooks.ts'
import { asMember, mayWrite, mayWriteOf } from '../../../domain/permissions.ts'
import type { DutyBook } from '../../../domain/rules/duty/book.ts'
import type { ScanContext } from '../../../domain/rules/duty/understand.ts'
import { systemClock } from '../../platform/clock.ts'
import { isRoster, useDuty } from '../../store/duty.ts'
import { useStore, type Identity, type Store } from '../../store/index.ts'
import { useSync, type SyncStatus } from '../../sync/status.ts'
import { useLive } from '../../ui/useLive.ts'

/** What signing in and out needs to know. Made once by the frame around its pages. */
export interface CheckIns {
  store: Store
  identity: Readonly<Ref<Identity | null>>
  logbook: ComputedRef<LogbookId>
  /** Corrected time, ms; moves by itself. */
  now: ComputedRef<number>
  /** Corrected time, ms, to the moment. */
  exact(): number
  zone: ComputedRef<string>
  book: Readonly<Ref<DutyBook>>
  /** What the phone holds was read. */
  ready: Readonly<Ref<boolean>>
  posts: Readonly<Ref<readonly Doc<Post>[]>>
  stations: Readonly<Ref<readonly Doc<Station>[]>>
  lostCards: Readonly<Ref<readonly Doc<LostCard>[]>>
  post(id: PostId): Doc<Post> | undefined
  /** For the rules: how things stand for this person at this moment. `byCard`: their card was read. */
  context(member: MemberId, byCard: boolean): ScanContext
}

const everyMs = 10_000
const dayMs = 24 * 60 * 60_000
/** Of others, only what bears on who stands at a post now. */
const othersForMs = 2 * dayMs
/** They point at what may be older, and are few. */
const pointing = ['amendment', 'vouch', 'checkOut']

/** The community's zone; the device's own until the place has come. */
export const ownZone = (): string => Intl.DateTimeFormat().resolvedOptions().timeZone

/** As the centre asks it: a place is taken by oneself, by a coordinator for somebody, or for whose card was read. */
function mayTakeFor(member: MemberId, { member: by, grants, community }: Identity, byCard: boolean): boolean {
  const standing = { grants: asMember(grants, community), path: [community] }
  const claim = member === '' ? null : kindOf('claim')
  return claim !== null && mayWrite(claim, standing) && mayWriteOf(claim, standing, by, { member }, byCard)
}

export function createCheckIns(): CheckIns {
  const store = useStore()
  const sync = useSync()
  const identity = useLive<Identity | null>(() => store.identity(), null)
  const status = useLive<SyncStatus | null>(() => sync.status, null)
  const exact = (): number => systemClock.now() + (status.value?.clockOffMs ?? 0)
  const ticked = ref(0)
  const timer = setInterval(() => (ticked.value += 1), everyMs)
  onScopeDispose(() => clearInterval(timer))
  const now = computed(() => (ticked.value, exact()))
  const logbook = computed(() => (identity.value ? logbookId('duty', identity.value.community) : ''))
  const mine = (fact: Fact): boolean => {
    const me = identity.value?.member
    return fact.by === me || fact.body['member'] === me
  }
  const wanted = (fact: Fact): boolean =>
    isRoster(fact) || pointing.includes(fact.kind) || mine(fact) || fact.at > exact() - othersForMs
  const { book, ready } = useDuty(() => logbook.value || null, exact, wanted)
  const places = useLive<Doc<Place>[]>(() => store.watchDocs('place'), [])
  const posts = useLive<Doc<Post>[]>(() => store.watchDocs('post'), [])
  const stations = useLive<Doc<Station>[]>(() => store.watchDocs('station'), [])
  const zone = computed(
    () => places.value.find(({ id }) => id === identity.value?.community)?.body.zone ?? ownZone(),
  )
  return {
    store,
    identity,
    logbook,
    now,
    exact,
    zone,
    book,
    ready,
    posts,
    stations,
    lostCards: useLive<Doc<LostCard>[]>(() => store.watchDocs('lostCard'), []),
    post: (id) => posts.value.find((post) => post.id === id),
    context: (me, byCard) => ({
      book: book.value,
      me,
      now: exact(),
      zone: zone.value,
      mayTake: identity.value !== null && mayTakeFor(me, identity.value, byCard),
    }),
  }
}

export const checkInsKey: InjectionKey<CheckIns> = Symbol('checkIns')

export function useCheckIns(): CheckIns {
  const checkIns = inject(checkInsKey)
  if (!checkIns) throw new Error('no check-ins were provided')
  return checkIns
}
