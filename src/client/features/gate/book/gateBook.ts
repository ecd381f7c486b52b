import { computed, inject, ref, type ComputedRef, type InjectionKey, type Ref } from 'vue'
import type { Doc } from '../../../../domain/entry.ts'
import type { PostId } from '../../../../domain/ids.ts'
import type { Place } from '../../../../domain/kinds/place.ts'
import type { Post } from '../../../../domain/kinds/post.ts'
import { gateSettings, type GateSettings } from '../../../../domain/rules/gate.ts'
import type { Clock } from '../../../platform/clock.ts'
import type { Identity, Store } from '../../../store/index.ts'
import type { SyncControl, SyncStatus } from '../../../sync/status.ts'
import { useLive } from '../../../ui/useLive.ts'
import { gatesOf, type Gate } from './gates.ts'
import { useHomes, type Homes } from './useHomes.ts'
import { useLedger, type FollowedLedger } from './useLedger.ts'
import { useNow, type Now } from './useNow.ts'

/** Everything that the gate's screens read: which gate, its homes, its logbook, the time. Made once per visit. */
export interface GateBook extends FollowedLedger {
  store: Store
  now: Now
  homes: Homes
  identity: Readonly<{ value: Identity | null }>
  status: Readonly<{ value: SyncStatus | null }>
  /** Gates that this phone may guard; null until they were read. */
  gates: ComputedRef<Gate[] | null>
  /** The chosen gate; null where none was chosen or it is gone. */
  gate: ComputedRef<Gate | null>
  choose(post: PostId | null): Promise<void>
  /** Rules of any gate of the compound; defaults for one that is unknown. */
  settingsOf(post: PostId): GateSettings
  nameOf(post: PostId): string
  /** IANA zone of the community. */
  zone: ComputedRef<string>
  /** A word to the next guard, as far as it is written: somebody at the gate comes first. */
  note: Ref<string>
}

const chosenKey = 'gate.post'

/** What is kept on the phone. */
interface Chosen {
  post: PostId | null
}

const noPlaces: Doc<Place>[] = []

export function createGateBook(store: Store, sync: SyncControl, clock: Clock): GateBook {
  const identity = useLive<Identity | null>(() => store.identity(), null)
  const status = useLive<SyncStatus | null>(() => sync.status, null)
  const places = useLive(() => store.watchDocs('place'), noPlaces)
  const posts = useLive<Doc<Post>[] | null>(() => store.watchDocs('post'), null)
  const chosen = useLive<Chosen | undefined>(() => store.watchPref<Chosen>(chosenKey), undefined)
  const now = useNow(clock, () => status.value?.clockOffMs ?? null)
  const held = computed(() => new Set(identity.value?.logbooks.map((logbook) => logbook.id)))
  const gates = computed(() => posts.value && gatesOf(posts.value, places.value, held.value))
  const byId = computed(() => new Map(gates.value?.map((gate) => [gate.id, gate])))
  const gate = computed(() => {
    const only = gates.value?.length === 1 ? gates.value[0] : undefined
    return byId.value.get(chosen.value?.post ?? '') ?? only ?? null
  })
  const zone = computed(
    () =>
      places.value.find((place) => place.id === identity.value?.community)?.body.zone ??
      Intl.DateTimeFormat().resolvedOptions().timeZone,
  )
  return {
    store,
    now,
    identity,
    status,
    gates,
    gate,
    zone,
    note: ref(''),
    homes: useHomes(store, gate),
    ...useLedger(store, gate, now.exact),
    choose: (post) => store.setPref(chosenKey, { post }),
    settingsOf: (post) => byId.value.get(post)?.settings ?? gateSettings(undefined),
    nameOf: (post) => byId.value.get(post)?.name ?? '',
  }
}

export const gateBookKey: InjectionKey<GateBook> = Symbol('gateBook')

/** The gate's book, from the frame around all its screens. */
export function useGateBook(): GateBook {
  const book = inject(gateBookKey)
  if (!book) throw new Error('no gate book was provided')
  return book
}
