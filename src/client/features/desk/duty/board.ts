import { computed, shallowRef, watch, type ComputedRef, type ShallowRef } from 'vue'
import type { InstallId, PlaceId, PostId } from '../../../../domain/ids.ts'
import type { PlaceNode } from '../../../../domain/places.ts'
import { sameTimeBefore } from '../../../../domain/rules/boardDays.ts'
import { rollUp, sumPosts, type PlaceSums } from '../../../../domain/rules/duty/rollUp.ts'
import type { PostBook } from '../../../../domain/rules/duty/postBook.ts'
import { breatheBehind, createPause } from '../../../platform/breath.ts'
import type { DutyDesk } from './dutyDesk.ts'
import { heardOf, type Heard } from './heard.ts'
import { createRows, figuresOf, type PostRow, type RowsInput } from './rows.ts'

/** What the boards show. It stays while the desk is open: another look at it reckons nothing anew. */
export interface Board {
  /** Whose phones the centre has heard of; whoever looks asks for it. */
  heard: ShallowRef<Heard>
  rows: ComputedRef<PostRow[]>
  nodes: ComputedRef<PlaceNode[]>
  totals: ComputedRef<PlaceSums>
  places: ComputedRef<Map<PlaceId | '', PlaceSums>>
  /** Reckons the rows of a book that is about to be shown, without keeping the screen waiting. */
  prepare(book: PostBook): Promise<void>
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
  const { make, prepare } = createRows()
  /** By what the rows stand there: all of them change with the time, so they are reckoned before it is theirs. */
  const moment = shallowRef({ now: now.value, heard: heard.value })
  const inputOf = (of: PostBook, at: typeof moment.value): RowsInput => ({
    ...at,
    book: of,
    posts: town.posts.value,
    stations: byPost.value,
    zone: town.zone.value,
    today: today.value,
    yesterday: yesterday.value,
    nowYesterday: sameTimeBefore(at.now, town.zone.value),
  })
  const rows = computed(() => make(inputOf(book.value, moment.value)))
  watch([now, heard], async ([next, told], _before, onCleanup) => {
    let over = false
    onCleanup(() => (over = true))
    const at = { now: next, heard: told }
    await prepare(inputOf(book.value, at), createPause(breatheBehind))
    if (!over) moment.value = at
  })
  const figures = computed(() => rows.value.map(figuresOf))
  const nodes = computed(() => town.places.value.map(({ id, body }): PlaceNode => ({ id, ...body })))
  return {
    ...{ heard, rows, nodes },
    totals: computed(() => sumPosts(figures.value)),
    places: computed(() => rollUp(nodes.value, figures.value)),
    prepare: (next) => prepare(inputOf(next, moment.value), createPause(breatheBehind)),
  }
}
