import type { PlaceId } from '../../../../domain/ids.ts'
import { childrenOf, pathOf, type PlaceNode } from '../../../../domain/places.ts'
import type { Cover } from '../../../../domain/rules/duty/coverage.ts'
import type { PlaceSums } from '../../../../domain/rules/duty/rollUp.ts'

export interface TreeRow {
  place: PlaceNode
  /** 0 for the widest that is shown. */
  depth: number
  sums: PlaceSums
}

/** Posts that stand so somebody should look after now. */
export const needing = ['empty', 'late', 'short', 'leaving'] as const satisfies readonly Cover[]
export const needHand = ({ by }: PlaceSums): number => needing.reduce((sum, cover) => sum + by[cover], 0)

/** Places that have posts at or below them, each below the one that it stands in. */
export function treeRows(nodes: readonly PlaceNode[], sums: ReadonlyMap<PlaceId | '', PlaceSums>): TreeRow[] {
  const children = childrenOf(nodes)
  const rows: TreeRow[] = []
  const seen = new Set<PlaceId>()
  const walk = (parent: PlaceId | '', depth: number): void => {
    for (const place of children.get(parent) ?? []) {
      const here = sums.get(place.id)
      if (!here || seen.has(place.id)) continue
      seen.add(place.id)
      rows.push({ place, depth, sums: here })
      walk(place.id, depth + 1)
    }
  }
  walk('', 0)
  const lost = sums.get('')
  return lost ? [...rows, { place: { id: '', level: 'building', name: '' }, depth: 0, sums: lost }] : rows
}

/** Is a place the one named, or below it? */
export const isBelow = (
  place: PlaceId,
  above: PlaceId | undefined,
  byId: ReadonlyMap<PlaceId, PlaceNode>,
): boolean => above === undefined || pathOf(place, byId).includes(above)
