import { isUuid, type LogbookId, type PlaceId } from './ids.ts'

/**
 * A logbook is the ordered, shared log of one place for one purpose: the unit of sync, of permission and of
 * sharding. Its id is `purpose/placeId`.
 */
export const purposes = ['duty', 'people', 'care', 'homes', 'gate'] as const
export type Purpose = (typeof purposes)[number]

/** The level of place that owns a logbook of each purpose. */
export const logbookLevel = {
  duty: 'community',
  people: 'community',
  care: 'community',
  homes: 'compound',
  gate: 'compound',
} as const satisfies Record<Purpose, 'community' | 'compound'>

export const logbookId = (purpose: Purpose, place: PlaceId): LogbookId => `${purpose}/${place}`

/** The parts of a logbook id, or null where the text is none. */
export function parseLogbookId(id: LogbookId): { purpose: Purpose; place: PlaceId } | null {
  const [purpose, place, ...rest] = id.split('/')
  if (!purpose || !place || rest.length > 0 || !isUuid(place)) return null
  const known = purposes.find((p) => p === purpose)
  return known ? { purpose: known, place } : null
}

/** Ids of all logbooks that a place of this level owns. */
export const logbooksOf = (level: string, place: PlaceId): LogbookId[] =>
  purposes.filter((p) => logbookLevel[p] === level).map((p) => logbookId(p, place))
