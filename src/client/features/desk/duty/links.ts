import type { LocationQuery, RouteLocationRaw } from 'vue-router'
import type { PlaceId, PostId, RecordId } from '../../../../domain/ids.ts'
import { covers, type Cover } from '../../../../domain/rules/duty/coverage.ts'

/**
 * What a list of check-ins shows. `late` are people who have a turn and did not come: no
 * entries, but names. `twice`: the same person at two posts, or twice at one.
 */
export const entryWhats = [
  ...(['came', 'here', 'late', 'leaving', 'unconfirmed', 'forgotten', 'twice', 'yesterday'] as const),
] as const
export type EntryWhat = (typeof entryWhats)[number]

export interface EntryFilter {
  what: EntryWhat
  post?: PostId | undefined
  /** The place and everything below it. */
  place?: PlaceId | undefined
  unit?: RecordId | undefined
}

export interface PostFilter {
  /** Those that stand in one of these ways; none = all. */
  cover?: readonly Cover[] | undefined
  place?: PlaceId | undefined
}

const one = (value: LocationQuery[string] | undefined): string | undefined =>
  (Array.isArray(value) ? value[0] : value) || undefined

/** Ids and codes only: no names stand in an address. */
export const readEntryFilter = (query: LocationQuery): EntryFilter => ({
  what: entryWhats.find((what) => what === query['what']) ?? 'came',
  post: one(query['post']),
  place: one(query['place']),
  unit: one(query['unit']),
})

export function readPostFilter(query: LocationQuery): PostFilter {
  const asked = one(query['cover'])?.split(',') ?? []
  const cover = covers.filter((known) => asked.includes(known))
  return { cover: cover.length > 0 ? cover : undefined, place: one(query['place']) }
}

const given = (filter: object): Record<string, string> =>
  Object.fromEntries(Object.entries(filter).filter(([, value]) => value !== undefined))

export const toEntries = (filter: EntryFilter): RouteLocationRaw => ({
  path: '/desk/duty/entries',
  query: given(filter),
})

export const toPosts = ({ cover, place }: PostFilter): RouteLocationRaw => ({
  path: '/desk/duty',
  query: given({ cover: cover?.join(','), place }),
})
