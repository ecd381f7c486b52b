import { computed, inject, type ComputedRef, type InjectionKey, type ShallowRef } from 'vue'
import type { Doc } from '../../../../domain/entry.ts'
import type { LogbookId, PlaceId, PostId } from '../../../../domain/ids.ts'
import type { Place } from '../../../../domain/kinds/place.ts'
import type { Post } from '../../../../domain/kinds/post.ts'
import { logbookId } from '../../../../domain/logbooks.ts'
import { compare } from '../../../../domain/places.ts'
import { gateSettings, type GateSettings } from '../../../../domain/rules/gate.ts'
import { useStore, type Identity, type Store } from '../../../store/index.ts'
import { useLive } from '../../../ui/useLive.ts'

export interface Gate {
  id: PostId
  name: string
  compound: PlaceId
  compoundName: string
  settings: GateSettings
  logbook: LogbookId
}

/** The places and posts of this coordinator's community, live from the phone's own store. */
export interface Town {
  identity: Readonly<ShallowRef<Identity | null>>
  places: Readonly<ShallowRef<Doc<Place>[]>>
  posts: Readonly<ShallowRef<Doc<Post>[]>>
  /** Undefined until the community was named. */
  community: ComputedRef<Doc<Place> | undefined>
  zone: ComputedRef<string>
  compounds: ComputedRef<Doc<Place>[]>
  gates: ComputedRef<Gate[]>
  /** Logbook of places and posts; '' before enrolment. */
  duty: ComputedRef<LogbookId>
  nameOf(place: PlaceId): string
}

const byName = (a: Doc<{ name: string }>, b: Doc<{ name: string }>): number =>
  compare(a.body.name, b.body.name)

const ownZone = (): string => Intl.DateTimeFormat().resolvedOptions().timeZone

const asGate = (post: Doc<Post>, compoundName: string): Gate => ({
  id: post.id,
  name: post.body.name,
  compound: post.body.place,
  compoundName,
  settings: gateSettings(post.body.gate),
  logbook: logbookId('gate', post.body.place),
})

export function createTown(store: Store): Town {
  const identity = useLive<Identity | null>(() => store.identity(), null)
  const places = useLive<Doc<Place>[]>(() => store.watchDocs('place'), [])
  const posts = useLive<Doc<Post>[]>(() => store.watchDocs('post'), [])
  const byId = computed(() => new Map(places.value.map((place) => [place.id, place])))
  const community = computed(() => byId.value.get(identity.value?.community ?? ''))
  const nameOf = (place: PlaceId): string => byId.value.get(place)?.body.name ?? ''
  return {
    identity,
    places,
    posts,
    community,
    zone: computed(() => community.value?.body.zone ?? ownZone()),
    compounds: computed(() => places.value.filter((place) => place.body.level === 'compound').sort(byName)),
    gates: computed(() =>
      posts.value
        .filter((post) => post.body.type === 'gate' && byId.value.has(post.body.place))
        .map((post) => asGate(post, nameOf(post.body.place))),
    ),
    duty: computed(() => (identity.value ? logbookId('duty', identity.value.community) : '')),
    nameOf,
  }
}

export const townKey: InjectionKey<Town> = Symbol('town')

/** The town that the desk's frame provides. A page that stands alone makes its own. */
export const useTown = (): Town => inject(townKey, null) ?? createTown(useStore())
