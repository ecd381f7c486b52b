/** The device's two clocks. `now` may jump when somebody sets it; `mono` may stand still while the device sleeps. */
export interface Clock {
  /** Milliseconds since 1970, as the device believes. */
  now(): number
  /** Milliseconds since some start, never going back. */
  mono(): number
}

export const systemClock: Clock = {
  now: () => Date.now(),
  mono: () => performance.now(),
}
