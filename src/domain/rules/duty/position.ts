import type { positionFindings } from '../../kinds/checkIn.ts'
import type { Position } from '../../kinds/post.ts'

/** Where a phone is, as its position service says. */
export interface Fix {
  lat: number
  lon: number
  /** Metres, one standard deviation or what the service takes for it. */
  accuracyM: number
}

export type PositionFinding = (typeof positionFindings)[number]

/** A fix that is less certain than this says nothing. Metres. */
const vagueAboveM = 100
const earthRadiusM = 6_371_000

type Point = Pick<Fix, 'lat' | 'lon'>
const radians = (degrees: number): number => (degrees * Math.PI) / 180

/** Metres along the ground (haversine). */
export function distanceM(a: Point, b: Point): number {
  const [north, east] = [radians(b.lat - a.lat) / 2, radians(b.lon - a.lon) / 2]
  const chord =
    Math.sin(north) ** 2 + Math.cos(radians(a.lat)) * Math.cos(radians(b.lat)) * Math.sin(east) ** 2
  return 2 * earthRadiusM * Math.asin(Math.min(1, Math.sqrt(chord)))
}

/**
 * Evidence only, and generous: inside is who may be inside as far as the fix is certain. Unknown without a fix, with a
 * vague one, or where the post was never measured.
 */
export function positionOf(fix: Fix | null, post: Position | undefined): PositionFinding {
  if (!fix || !post || !(fix.accuracyM <= vagueAboveM)) return 'unknown'
  return distanceM(fix, post) - fix.accuracyM <= post.radiusM ? 'inside' : 'outside'
}
