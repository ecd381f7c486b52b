import type { Fix } from './position.ts'

export interface Whereabouts {
  /** The last fix of the last minute; waits so long for a first one, ms. Null where there is none. */
  fix(waitMs: number): Promise<Fix | null>
  /** No more is asked for. */
  stop(): void
}

const goodForMs = 60_000

const asFix = ({ coords }: GeolocationPosition): Fix => ({
  lat: coords.latitude,
  lon: coords.longitude,
  accuracyM: coords.accuracy,
})

/**
 * Follows where the device is until it is stopped. The person may be asked by the browser; no answer, a refusal and no
 * service are all the same: no fix.
 */
export function followPosition(): Whereabouts {
  let [last, at]: [Fix | null, number] = [null, 0]
  let heard: () => void = () => undefined
  let refused = !('geolocation' in navigator)
  const watching = refused
    ? null
    : navigator.geolocation.watchPosition(
        (position) => {
          last = asFix(position)
          at = performance.now()
          heard()
        },
        () => {
          refused = true
          heard()
        },
        { enableHighAccuracy: true, maximumAge: goodForMs },
      )
  const recent = (): Fix | null => (last && performance.now() - at < goodForMs ? last : null)
  return {
    async fix(waitMs) {
      if (!recent() && !refused && waitMs > 0)
        await new Promise<void>((resolve) => {
          heard = resolve
          setTimeout(resolve, waitMs)
        })
      return recent()
    },
    stop() {
      if (watching !== null) navigator.geolocation.clearWatch(watching)
    },
  }
}
