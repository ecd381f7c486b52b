import type { PlaceId } from '../../ids.ts'
import { pathOf, type PlaceNode } from '../../places.ts'
import type { Cover } from './coverage.ts'

/** What a post adds to the places above it. */
export interface PostFigures {
  cover: Cover
  needed: number
  here: number
  late: number
  leaving: number
  /** Check-ins of today, and of yesterday until the same time of the day. */
  came: number
  cameYesterday: number
  unconfirmed: number
  forgotten: number
}

export interface PlaceSums extends Omit<PostFigures, 'cover'> {
  posts: number
  /** Posts by how they stand; what is `silent` is in no other sum as a zero, it is said beside it. */
  by: Readonly<Record<Cover, number>>
}

const counted = [
  'needed',
  'here',
  'late',
  'leaving',
  'came',
  'cameYesterday',
  'unconfirmed',
  'forgotten',
] as const

const nothing: PlaceSums = {
  ...{ posts: 0, needed: 0, here: 0, late: 0, leaving: 0 },
  ...{ came: 0, cameYesterday: 0, unconfirmed: 0, forgotten: 0 },
  by: { empty: 0, late: 0, short: 0, silent: 0, leaving: 0, due: 0, covered: 0, closed: 0 },
}

/** Figures of posts, added up. */
export function sumPosts(figures: Iterable<PostFigures>): PlaceSums {
  const sums = { ...nothing, by: { ...nothing.by } }
  for (const one of figures) {
    sums.posts += 1
    sums.by[one.cover] += 1
    for (const key of counted) sums[key] += one[key]
  }
  return sums
}

/**
 * Every place with the sum of its own posts and all below it, through as many levels as there are. Places without a
 * post below them are left out; '' holds the posts whose place is not known.
 */
export function rollUp(
  places: readonly PlaceNode[],
  posts: readonly (PostFigures & { place: PlaceId })[],
): Map<PlaceId | '', PlaceSums> {
  const byId = new Map(places.map((place) => [place.id, place]))
  const under = new Map<PlaceId | '', PostFigures[]>()
  const put = (place: PlaceId | '', post: PostFigures): void => {
    const list = under.get(place)
    if (list) list.push(post)
    else under.set(place, [post])
  }
  for (const post of posts) {
    const path = byId.has(post.place) ? pathOf(post.place, byId).filter((id) => byId.has(id)) : ['']
    for (const place of path) put(place, post)
  }
  return new Map([...under].map(([place, list]) => [place, sumPosts(list)]))
}
