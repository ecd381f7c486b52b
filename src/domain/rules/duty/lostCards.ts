import type { MemberId } from '../../ids.ts'
import { highestIssue, type LostCard } from '../../kinds/lostCard.ts'
import type { Card } from './card.ts'

/** The issue that a member's cards are made with now ([CA3]): the highest that any loss has led to, 0 before the first. */
export const issueOf = (member: MemberId, lost: Iterable<LostCard>): number =>
  [...lost].reduce((issue, one) => (one.member === member ? Math.max(issue, one.below) : issue), 0)

/** The record of another loss: whatever was printed for this member so far no longer holds. `on`: corrected ms. */
export const lossOf = (member: MemberId, lost: Iterable<LostCard>, on: number): LostCard => ({
  member,
  below: Math.min(highestIssue, issueOf(member, lost) + 1),
  on,
})

/** When a card was made void, corrected ms; null while it stands ([CA4]). */
export function voidSince(
  { member, issue }: Pick<Card, 'member' | 'issue'>,
  lost: Iterable<LostCard>,
): number | null {
  const against = [...lost].filter((one) => one.member === member && one.below > issue)
  return against.length === 0 ? null : Math.min(...against.map(({ on }) => on))
}
