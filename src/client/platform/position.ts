/** Where this device is, as its position service says; the service corrects nothing for any map. */
export interface Fix {
  /** Degrees. */
  lat: number
  lon: number
  /** Metres. */
  accuracyM: number
}

/** Why there is none: not allowed, not to be had here, or not in time. */
export type NoFix = 'denied' | 'unavailable' | 'timeout'

const codes: Readonly<Record<number, NoFix>> = { 1: 'denied', 2: 'unavailable', 3: 'timeout' }

/** A fresh position within `timeoutMs`. Needs HTTPS; the first time the person is asked. */
export const takePosition = (timeoutMs: number): Promise<Fix | NoFix> =>
  new Promise((resolve) => {
    if (!('geolocation' in navigator)) {
      resolve('unavailable')
      return
    }
    navigator.geolocation.getCurrentPosition(
      ({ coords }) =>
        resolve({ lat: coords.latitude, lon: coords.longitude, accuracyM: Math.ceil(coords.accuracy) }),
      ({ code }) => resolve(codes[code] ?? 'unavailable'),
      { enableHighAccuracy: true, timeout: timeoutMs, maximumAge: 0 },
    )
  })
