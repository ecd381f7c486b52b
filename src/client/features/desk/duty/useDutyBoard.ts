import { computed } from 'vue'
import type { InstallId, PostId } from '../../../../domain/ids.ts'
import type { PlaceNode } from '../../../../domain/places.ts'
import { rollUp, sumPosts } from '../../../../domain/rules/duty/rollUp.ts'
import { useStore } from '../../../store/index.ts'
import { useCalls } from '../../../sync/calls.ts'
import { useLive } from '../../../ui/useLive.ts'
import { usePolled } from '../shared/usePolled.ts'
import { useDutyDesk } from './dutyDesk.ts'
import { heardOf } from './heard.ts'
import { createRows, figuresOf } from './rows.ts'

/** The duty board from the phone's own store: the same with and without a network. */
export function useDutyBoard() {
  const store = useStore()
  const calls = useCalls()
  const desk = useDutyDesk()
  const { town, book, now, today, yesterday } = desk
  const installs = usePolled(() => calls.installs())
  const stationDocs = useLive(() => store.watchDocs('station'), [])
  const heard = computed(() =>
    heardOf(installs.value.value?.installs ?? [], town.identity.value?.member ?? ''),
  )
  const stations = computed(() => {
    const byPost = new Map<PostId, InstallId[]>()
    for (const { body } of stationDocs.value)
      byPost.set(body.post, [...(byPost.get(body.post) ?? []), body.install])
    return byPost
  })
  const makeRows = createRows()
  const rows = computed(() =>
    makeRows({
      book: book.value,
      posts: town.posts.value,
      stations: stations.value,
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
    ...desk,
    rows,
    nodes,
    totals: computed(() => sumPosts(figures.value)),
    places: computed(() => rollUp(nodes.value, figures.value)),
    phonesKnown: computed(() => installs.value.value !== null),
  }
}
