import type { Doc, Draft } from '../../../../domain/entry.ts'
import type { LogbookId, PlaceId } from '../../../../domain/ids.ts'
import type { Place } from '../../../../domain/kinds/place.ts'
import { patchOf } from '../shared/patch.ts'

/** The places that a community lies in, narrowest first; each may be left out. */
export const aboveLevels = ['street', 'county'] as const
export type AboveLevel = (typeof aboveLevels)[number]
export type AboveNames = Readonly<Record<AboveLevel, string>>

interface Community {
  logbook: LogbookId
  id: PlaceId
  places: readonly Doc<Place>[]
}

/** The street and the county above a community, as far as they were named. */
function aboveOf({ id, places }: Community): Partial<Record<AboveLevel, Doc<Place>>> {
  const byId = new Map(places.map((place) => [place.id, place]))
  const found: Partial<Record<AboveLevel, Doc<Place>>> = {}
  const seen = new Set<PlaceId>()
  for (let at = byId.get(id)?.body.parent; at && !seen.has(at); at = byId.get(at)?.body.parent) {
    seen.add(at)
    const place = byId.get(at)
    const level = aboveLevels.find((one) => one === place?.body.level)
    if (place && level) found[level] ??= place
  }
  return found
}

export function namesAbove(community: Community): AboveNames {
  const { street, county } = aboveOf(community)
  return { street: street?.body.name ?? '', county: county?.body.name ?? '' }
}

/** What is saved so that a community lies in places of these names, and in which the community itself lies then. */
export function aboveDrafts(
  community: Community,
  names: AboveNames,
  newId: () => string,
): { drafts: Draft[]; parent: PlaceId | undefined } {
  const { logbook } = community
  const known = aboveOf(community)
  const drafts: Draft[] = []
  let parent: PlaceId | undefined
  for (const level of [...aboveLevels].reverse()) {
    const [before, name] = [known[level], names[level].trim()]
    if (!before && name === '') continue
    const record = before?.id ?? newId()
    const body = bodyOf(before?.body, { level, name, ...(parent === undefined ? {} : { parent }) })
    if (Object.keys(body).length > 0) drafts.push({ kind: 'place', logbook, record, body })
    if (name !== '') parent = record
  }
  return { drafts, parent }
}

/** A place whose name was taken away goes; another one may have a new name or lie elsewhere. */
function bodyOf(before: Place | undefined, after: Pick<Place, 'level' | 'name' | 'parent'>): Draft['body'] {
  if (!before) return after
  return after.name === '' ? { removed: true } : patchOf(before, after, ['name', 'parent'])
}
