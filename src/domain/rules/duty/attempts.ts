/** Wrong tries at a station's PIN, as the device keeps them over a restart. */
export interface Attempts {
  wrong: number
  /** Device time before which none is taken, ms. */
  until: number
}

export const noAttempts: Attempts = { wrong: 0, until: 0 }

const freely = 4
const firstWaitMs = 30_000
const longestWaitMs = 60 * 60_000

/** After one more wrong try at a time (ms): from the fifth on each costs a wait, twice as long as the one before. */
export function afterWrong({ wrong }: Attempts, at: number): Attempts {
  const tries = wrong + 1
  const waitMs = tries <= freely ? 0 : Math.min(longestWaitMs, firstWaitMs * 2 ** (tries - freely - 1))
  return { wrong: tries, until: at + waitMs }
}

/** How long to wait still, ms. A clock that was put back does not lengthen it. */
export const waitMs = ({ until }: Attempts, at: number): number =>
  Math.min(longestWaitMs, Math.max(0, until - at))
