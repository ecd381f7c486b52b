import { seqOf } from './factRows.ts'
import type { Pulled } from './pulled.ts'
import type { CursorRow, SegmentRow } from './rows.ts'

/** Live pulls bring a few facts each; they are joined up to this many, so that there are not thousands of rows. */
export const tailMaxFacts = 256
const tailMaxAgeMs = 60 * 60_000

export function segment({ logbook, answer: { head, factLines }, arrivedAt }: Pulled): SegmentRow {
  return {
    logbook,
    from: seqOf(factLines[0] ?? ''),
    to: seqOf(factLines.at(-1) ?? ''),
    count: factLines.length,
    firstAt: head.firstAt ?? head.time,
    lastAt: head.lastAt ?? head.time,
    arrivedAt,
    text: factLines.join('\n'),
  }
}

export const joined = (tail: SegmentRow, next: SegmentRow): SegmentRow => ({
  ...tail,
  to: next.to,
  count: tail.count + next.count,
  firstAt: Math.min(tail.firstAt, next.firstAt),
  lastAt: Math.max(tail.lastAt, next.lastAt),
  text: `${tail.text}\n${next.text}`,
})

export const fits = (tail: SegmentRow, next: SegmentRow): boolean =>
  tail.count + next.count <= tailMaxFacts && next.arrivedAt - tail.arrivedAt < tailMaxAgeMs

export function cursorAfter(
  { logbook, answer: { head } }: Pulled,
  before: CursorRow | undefined,
  round: string,
): CursorRow {
  const complete = !head.more || before?.complete === true
  return { logbook, epoch: head.epoch, next: head.next, seq: head.seq, complete, round }
}

export const roundOf = (before: CursorRow | undefined, { answer, arrivedAt }: Pulled): string =>
  before?.round ?? `${answer.head.epoch}@${arrivedAt}`
