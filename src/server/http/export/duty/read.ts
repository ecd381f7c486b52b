import * as v from 'valibot'
import { Envelope, flags, type Fact } from '../../../../domain/entry.ts'
import type { LogbookId } from '../../../../domain/ids.ts'
import { absorbDuty, emptyDuty, type DutyBook } from '../../../../domain/rules/duty/book.ts'
import { parseJson } from '../../../../protocol/page.ts'
import type { EntryRow } from '../../../storage/rows.ts'
import type { LogReads } from '../../../storage/storage.ts'

const batch = 1000
const dayMs = 86_400_000

/**
 * What is read for a span: turns as far ahead as they are planned, and everything that may still have been said later
 * about somebody who came in it (a paper sheet, an hour put right), as long as phones keep it to say so.
 */
const windows: readonly { kinds: readonly string[]; before: number; after: number }[] = [
  { kinds: ['shift', 'shiftChange'], before: 92 * dayMs, after: 60 * dayMs },
  {
    kinds: ['checkIn', 'checkOut', 'vouch', 'amendment', 'unitSignIn'],
    before: 2 * dayMs,
    after: 60 * dayMs,
  },
]

/** A span with more entries than this does not fit into memory: shorter ones have to do. */
export const readAtMost = 150_000

export interface Span {
  logbook: LogbookId
  /** Corrected time in [from, to), ms. */
  from: number
  to: number
}

/** A stored entry as everybody reads it; null where it was erased or is of no use to this version. */
function asFact(row: EntryRow): Fact | null {
  const entry = v.safeParse(Envelope, row.line === null ? undefined : parseJson(row.line))
  if (!entry.success) return null
  const { id, kind, v: version, logbook, at, by, body } = entry.output
  const marks = row.flags ?? ''
  return {
    ...{ id, kind, v: version, logbook, by, body },
    ...{ at: row.at, deviceAt: at, seq: row.seq, state: 'sent', mine: false },
    flags: flags.filter((flag) => marks.includes(flag)),
  }
}

async function* facts(storage: LogReads, span: Span): AsyncGenerator<Fact[]> {
  for (const { kinds, before, after: later } of windows) {
    const query = { logbook: span.logbook, kinds, limit: batch }
    const between = { atFrom: span.from - before, atTo: span.to + later }
    for (let after = 0, more = true; more;) {
      const rows = await storage.entries({ ...query, ...between, after })
      yield rows.flatMap((row) => asFact(row) ?? [])
      more = rows.length === batch
      after = rows.at(-1)?.seq ?? after
    }
  }
}

/** The duty logbook of a span in memory; null where it has more entries than fit. */
export async function readDuty(storage: LogReads, span: Span): Promise<DutyBook | null> {
  const book = emptyDuty()
  let count = 0
  for await (const some of facts(storage, span)) {
    count += some.length
    if (count > readAtMost) return null
    absorbDuty(book, some)
  }
  return book
}
