import type { Fact } from '../../../../src/domain/entry.ts'

let made = 0

/** An id that tells where it came from in a failing test. */
export const idOf = (n: number): string => `018f0000-0000-7000-8000-${String(n).padStart(12, '0')}`

/** A duty fact as the centre has it: sent, numbered in the order in which it was made here. */
export function dutyFact(kind: string, body: Record<string, unknown>, more: Partial<Fact> = {}): Fact {
  made += 1
  const at = more.at ?? 1_800_000_000_000 + made
  return {
    id: idOf(900_000 + made),
    kind,
    v: 1,
    logbook: `duty/${idOf(1)}`,
    at,
    deviceAt: at,
    by: idOf(2),
    seq: made,
    flags: [],
    state: 'sent',
    mine: false,
    body,
    ...more,
  }
}
