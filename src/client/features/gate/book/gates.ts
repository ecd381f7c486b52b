import type { Doc } from '../../../../domain/entry.ts'
import type { LogbookId, PlaceId, PostId } from '../../../../domain/ids.ts'
import type { Place } from '../../../../domain/kinds/place.ts'
import type { Post } from '../../../../domain/kinds/post.ts'
import { logbookId } from '../../../../domain/logbooks.ts'
import { compare } from '../../../../domain/places.ts'
import { gateSettings, type GateSettings } from '../../../../domain/rules/gate.ts'

/** A gate as its guard knows it. */
export interface Gate {
  id: PostId
  name: string
  compound: PlaceId
  compoundName: string
  /** Shared by all gates of the compound, so that presence is reckoned over all of them. */
  logbook: LogbookId
  settings: GateSettings
}

/** The gates among some posts that this phone holds the logbook of, by compound and name. */
export function gatesOf(
  posts: readonly Doc<Post>[],
  places: readonly Doc<Place>[],
  held: ReadonlySet<LogbookId>,
): Gate[] {
  const names = new Map(places.map((place) => [place.id, place.body.name]))
  return posts
    .filter((post) => post.body.type === 'gate' && held.has(logbookId('gate', post.body.place)))
    .map((post) => ({
      id: post.id,
      name: post.body.name,
      compound: post.body.place,
      compoundName: names.get(post.body.place) ?? '',
      logbook: logbookId('gate', post.body.place),
      settings: gateSettings(post.body.gate),
    }))
    .sort((a, b) => compare(a.compoundName, b.compoundName) || compare(a.name, b.name))
}
