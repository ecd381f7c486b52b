/** Four to six digits: what gloves can type in the dark. */
export const pinPattern = /^\d{4,6}$/
export const pinMost = 6

/** What anybody tries first: one digit all along, or digits one after the other, up or down. */
export function isEasyPin(pin: string): boolean {
  const steps = new Set([...pin].slice(1).map((digit, i) => Number(digit) - Number(pin[i])))
  const [step] = steps
  return steps.size === 1 && step !== undefined && Math.abs(step) <= 1
}

/** Tries at a PIN, as the phone keeps them over a restart. */
export interface Tries {
  /** Since the last right one. */
  wrong: number
  /** Still to be waited before the next, ms of time in which the app is open. */
  waitMs: number
}

export const noTries: Tries = { wrong: 0, waitMs: 0 }

const freely = 4
const firstWaitMs = 30_000
export const longestWaitMs = 15 * 60_000

/**
 * Counted before it is known whether the try was right, so that closing the app in between gains nothing: the fifth
 * costs a wait, and each after it twice as long a one, up to a quarter of an hour.
 */
export function afterTry({ wrong }: Tries): Tries {
  const tries = wrong + 1
  const over = tries - freely
  return { wrong: tries, waitMs: over <= 0 ? 0 : Math.min(longestWaitMs, firstWaitMs * 2 ** (over - 1)) }
}

/**
 * After so many ms with the app open. The device's clock has no say: whoever sets it on gains nothing, and whoever
 * sets it back does not lengthen the wait.
 */
export const afterWaiting = ({ wrong, waitMs }: Tries, ms: number): Tries => ({
  wrong,
  waitMs: Math.max(0, waitMs - Math.max(0, ms)),
})
