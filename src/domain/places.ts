import type { PlaceId } from './ids.ts'

/** From the widest to the narrowest; a place's parent is always of a wider level. */
export const levels = ['county', 'street', 'community', 'compound', 'building'] as const
export type Level = (typeof levels)[number]

export interface PlaceNode {
  id: PlaceId
  level: Level
  name: string
  parent?: PlaceId | undefined
  removed?: boolean | undefined
}

const depth = (level: Level): number => levels.indexOf(level)

/** May a place of level `child` stand directly below one of level `parent`? */
export const mayContain = (parent: Level, child: Level): boolean => depth(parent) < depth(child)

/**
 * The place itself and all above it, narrowest first. A loop or a missing parent ends the walk, so a broken
 * tree yields a short path and never hangs.
 */
export function pathOf(id: PlaceId, byId: ReadonlyMap<PlaceId, PlaceNode>): PlaceId[] {
  const path: PlaceId[] = []
  for (let at: PlaceId | undefined = id; at && !path.includes(at); at = byId.get(at)?.parent) path.push(at)
  return path
}

/** Children by parent; places without a known parent stand under ''. Order: level, then name. */
export function childrenOf(places: readonly PlaceNode[]): Map<PlaceId | '', PlaceNode[]> {
  const ids = new Set(places.map((p) => p.id))
  const tree = new Map<PlaceId | '', PlaceNode[]>()
  const order = [...places].sort((a, b) => depth(a.level) - depth(b.level) || compare(a.name, b.name))
  for (const place of order) {
    const parent = place.parent && ids.has(place.parent) ? place.parent : ''
    tree.set(parent, [...(tree.get(parent) ?? []), place])
  }
  return tree
}

/** Natural order without a locale, so that both ends agree: digits by value, the rest by code unit. */
export function compare(a: string, b: string): number {
  const split = (text: string) => text.split(/(\d+)/)
  const left = split(a)
  const right = split(b)
  for (let i = 0; i < Math.min(left.length, right.length); i++) {
    const [x, y] = [left[i] ?? '', right[i] ?? '']
    if (x === y) continue
    const numeric = i % 2 === 1 ? Number(x) - Number(y) : 0
    return numeric || (x < y ? -1 : 1)
  }
  return left.length - right.length
}
