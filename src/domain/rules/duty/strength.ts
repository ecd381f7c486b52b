import type { Stay } from './book.ts'

/**
 * How sure it is that somebody was there, from the strongest to the one that speaks against it. It is shown and never
 * refuses anything.
 * `rotating`: the post's own screen was seen at that moment. `position`: the printed code, and the phone stood there.
 * `vouched`: another person says so. `byHand`: written by hand at the desk, or from a paper sheet. `unconfirmed`: the
 * printed code alone, which can be photographed. `unproven`: it says that a post's screen or a card was read, and what it
 * kept as proof does not hold. `outside`: the printed code, and the phone stood elsewhere.
 */
export const strengths = [
  ...(['rotating', 'position', 'vouched', 'byHand', 'unconfirmed', 'unproven', 'outside'] as const),
] as const
export type Strength = (typeof strengths)[number]

export interface StrengthContext {
  /**
   * Whether the rotating code or the card that was kept with the check-in holds, where that was looked into. Without
   * an answer the phone is believed that made the check-in, which looked before it wrote so.
   */
  proofHolds?: ((stay: Stay) => boolean | undefined) | undefined
}

/** Who says that the check-in is true, other than the person in question: each once, who made it first. */
export function witnessesOf({ fact, body, vouches }: Stay): string[] {
  const by = [fact.by, ...vouches.map((vouch) => vouch.by)]
  return [...new Set(by)].filter((member) => member !== body.member)
}

/**
 * How strong a check-in is by now. Nobody confirms their own; what others confirm is no longer weak. Only what was
 * written at the time is evidence: an amendment changes an hour, never how it was proven.
 */
export function strengthOf(stay: Stay, context: StrengthContext = {}): Strength {
  const { way, position } = stay.fact.body
  const { member } = stay.body
  const holds = context.proofHolds?.(stay) ?? true
  if (way === 'rotating' && holds) return 'rotating'
  if (position === 'inside') return 'position'
  const byDesk = way === 'hand' || way === 'paper'
  const made = byDesk || (way === 'card' && !holds) ? stay.fact.by : member
  if (witnessesOf(stay).some((witness) => witness !== made)) return 'vouched'
  if (byDesk && stay.fact.by !== member) return 'byHand'
  if (position === 'outside') return 'outside'
  return holds ? 'unconfirmed' : 'unproven'
}

/** Do hours of this strength count without anybody's further word? */
export const isConfirmed = (strength: Strength): boolean =>
  strength !== 'unconfirmed' && strength !== 'unproven' && strength !== 'outside'
