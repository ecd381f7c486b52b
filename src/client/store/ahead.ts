import type { Fact } from '../../domain/entry.ts'
import type { LogbookId } from '../../domain/ids.ts'
import type { Channel } from '../platform/channel.ts'
import type { Arrived } from './arrived.ts'
import { pulledFact, seqOf } from './factRows.ts'

/** Up to where the centre's part of a logbook is known: where its cursor stands. */
export interface KnownTo {
  epoch: string
  seq: number
}

export interface OnAhead {
  facts: (facts: Fact[]) => void
  /** Something came between that was not told; nothing more is. */
  gap: () => void
}

/**
 * What this tab pulls of a logbook from where it is known, in memory: for whoever shows it before all of it is read. The
 * answer ends it.
 */
export function followAhead(
  arrived: Channel<Arrived>,
  logbook: LogbookId,
  known: KnownTo,
  { facts, gap }: OnAhead,
): () => void {
  let { seq } = known
  const end = arrived.listen((what) => {
    if (what.logbook !== logbook) return
    if (what.epoch === known.epoch && what.after <= seq) {
      // What could not be stored comes once more.
      const lines = what.factLines.filter((line) => seqOf(line) > seq)
      seq = Math.max(seq, what.seq)
      facts(lines.flatMap((line) => pulledFact(line) ?? []))
    } else {
      end()
      gap()
    }
  })
  return end
}
