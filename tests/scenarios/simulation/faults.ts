import type { Seeded } from './seeded.ts'

/** What may happen to one request between a phone and the centre. */
export const mishaps = [
  'lost',
  'answerLost',
  'twice',
  'late',
  'cutRequest',
  'cutAnswer',
  'portal',
  'busy',
  'tooLarge',
  'hangs',
  'centreDiesBefore',
  'centreDiesAfter',
  'phoneDiesBefore',
  'phoneDiesAfter',
] as const
export type Mishap = (typeof mishaps)[number]

/** How the wire treats a phone's requests; drawn from the phone's own stream of numbers. */
export interface Weather {
  next(): Mishap | null
}

export const fairWeather: Weather = { next: () => null }

export const foulWeather = (seed: Seeded, share: number): Weather => ({
  next: () => (seed.chance(share) ? seed.pick(mishaps) : null),
})

/** A mast that answers for everybody: 200, and a page of its own. */
export const portalPage =
  '<!doctype html><html><title>Welcome</title><body>Sign in to use this Wi-Fi</body></html>'
