import * as v from 'valibot'
import type { LogbookId, PlaceId } from '../../domain/ids.ts'
import { Place } from '../../domain/kinds/place.ts'
import { logbooksOf, parseLogbookId } from '../../domain/logbooks.ts'
import { pathOf, type Level, type PlaceNode } from '../../domain/places.ts'
import type { QuarantineCode } from '../../protocol/problems.ts'
import type { RecordRow } from '../storage/rows.ts'
import type { Change } from './patches.ts'
import type { Sheet } from './sheet.ts'

const owning: readonly Level[] = ['community', 'compound']
const placing: readonly Level[] = ['county', 'street', ...owning]

const read = (row: RecordRow | null): Place | null => {
  const place = v.safeParse(Place, row?.body)
  return place.success ? place.output : null
}

/** The community whose logbook this is. */
const communityOf = (logbook: LogbookId): PlaceId => parseLogbookId(logbook)?.place ?? ''

/**
 * A community's `duty` logbook speaks for that community alone: its own place and what lies within it, never for a
 * place whose logbooks belong to another.
 */
export async function objectsToPlace(sheet: Sheet, { after }: Change): Promise<QuarantineCode | null> {
  const level = read(after)?.level
  const community = communityOf(after.logbook)
  if ((level === 'community') !== (after.id === community)) return 'invalid'
  if (level !== 'compound') return null
  const owned = await sheet.tx.logbooks(logbooksOf(level, after.id))
  return owned.every((row) => row.path.includes(community)) ? null : 'not-permitted'
}

/** Makes the logbooks of a new place, and sets paths anew where the tree has changed. */
export async function afterPlace(sheet: Sheet, { before, after }: Change): Promise<void> {
  const [was, is] = [read(before), read(after)]
  if (!is || !placing.includes(is.level)) return
  if (was && was.level === is.level && was.parent === is.parent) return
  const tree = await placesOf(sheet, after.logbook)
  const community = communityOf(after.logbook)
  // A compound has no other owner of logbooks below it; of anything wider all paths may have changed.
  const nodes = is.level === 'compound' ? [tree.get(after.id)] : [...tree.values()]
  for (const node of nodes)
    if (node && owning.includes(node.level)) await putLogbooks(sheet, node, within(node.id, community, tree))
}

/** Places of a community by id, as they stand with this page. */
export async function placesOf(sheet: Sheet, duty: LogbookId): Promise<Map<PlaceId, PlaceNode>> {
  const rows = new Map((await sheet.tx.records(duty, 'place')).map((row) => [row.id, row]))
  for (const row of sheet.records.values())
    if (row.kind === 'place' && row.logbook === duty) rows.set(row.id, row)
  const tree = new Map<PlaceId, PlaceNode>()
  for (const row of rows.values()) {
    const place = read(row)
    if (place) tree.set(row.id, { ...place, id: row.id })
  }
  return tree
}

/**
 * A place's path, narrowest first. Whatever its parents say, it lies within its community, and only places of the
 * community stand between: a parent from elsewhere would give others a say here.
 */
export function within(place: PlaceId, community: PlaceId, tree: ReadonlyMap<PlaceId, PlaceNode>): PlaceId[] {
  const own = pathOf(place, tree)
  const below = own.includes(community) ? own.slice(0, own.indexOf(community)) : own
  const inside = below.filter((id) => id === place || tree.has(id))
  return [...inside, ...pathOf(community, tree).filter((id) => !inside.includes(id))]
}

async function putLogbooks(sheet: Sheet, node: PlaceNode, path: readonly PlaceId[]): Promise<void> {
  const ids = logbooksOf(node.level, node.id)
  const known = new Map((await sheet.tx.lock(ids)).map((row) => [row.id, row]))
  for (const id of ids) {
    const purpose = parseLogbookId(id)?.purpose
    const row = sheet.logbooks.get(id) ?? known.get(id)
    if (!purpose || (row && sameList(row.path, path))) continue
    await sheet.tx.putLogbook({ id, purpose, place: node.id, path })
    sheet.logbooks.set(id, { id, purpose, place: node.id, path, head: row?.head ?? 0 })
    if (!row) sheet.added.opened.add(id)
    sheet.added.scope = true
  }
}

const sameList = (a: readonly string[], b: readonly string[]): boolean =>
  a.length === b.length && a.every((one, i) => one === b[i])
