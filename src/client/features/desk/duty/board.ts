import { computed, shallowRef, type ComputedRef, type ShallowRef } from 'vue'
import type { InstallId, PlaceId, PostId } from '../../../../domain/ids.ts'
import type { PlaceNode } from '../../../../domain/places.ts'
import { rollUp, sumPosts, type PlaceSums } from '../../../../domain/rules/duty/rollUp.ts'
import type { DutyDesk } from './dutyDesk.ts'
import { heardOf, type Heard } from './heard.ts'
import { createRows, figuresOf, type PostRow } from './rows.ts'

/** What the boards show. It stays while the desk is open: another look at it reckons nothing anew. */
export interface Board {
  /** Whose phones the centre has heard of; whoever looks asks for it. */
  heard: ShallowRef<Heard>
  rows: ComputedRef<PostRow[]>
  nodes: ComputedRef<PlaceNode[]>
  totals: ComputedRef<PlaceSums>
  places: ComputedRef<Map<PlaceId | '', PlaceSums>>
}

type Ground = Pick<DutyDesk, 'town' | 'book' | 'stations' | 'now' | 'today' | 'yesterday'>

export function createBoard({ town, book, stations, now, today, yesterday }: Ground): Board {
  const heard = shallowRef(heardOf([], ''))
  const byPost = computed(() => {
    const found = new Map<PostId, InstallId[]>()
    for (const { body, removed } of stations.value)
      if (!removed) found.set(body.post, [...(found.get(body.post) ?? []), body.install])
    return found
  })
  const makeRows = createRows()
  const rows = computed(() =>
    makeRows({
      book: book.value,
      posts: town.posts.value,
      stations: byPost.value,
      heard: heard.value,
      now: now.value,
      zone: town.zone.value,
      today: today.value,
      yesterday: yesterday.value,
    }),
  )
  const figures = computed(() => rows.value.map(figuresOf))
  const nodes = computed(() => town.places.value.map(({ id, body }): PlaceNode => ({ id, ...body })))
  return {
    ...{ heard, rows, nodes },
    totals: computed(() => sumPosts(figures.value)),
    places: computed(() => rollUp(nodes.value, figures.value)),
  }
}
