import type { Fact } from '../../../src/domain/entry.ts'
import { absorb, emptyLedger } from '../../../src/domain/rules/ledger.ts'
import type { EntryRow } from '../../../src/server/storage/rows.ts'
import type { Findings } from './judge.ts'
import { centreFact } from './judgeDuty.ts'

/** What a gate's logbook comes to with its corrections. One line each, by fact. */
function sumOf(facts: readonly Fact[]): ReadonlyMap<string, string> {
  const ledger = emptyLedger()
  absorb(ledger, facts)
  return new Map(
    [...ledger.entries.values()].flatMap((logged) =>
      logged.kind === 'passage'
        ? [[logged.fact.id, JSON.stringify([logged.retracted, logged.body.way, logged.body.note])] as const]
        : [],
    ),
  )
}

/** The fold over a gate's logbook comes to the same on a phone as at the centre, passage by passage. */
export function judgeGate(name: string, facts: readonly Fact[], rows: readonly EntryRow[]): Findings {
  const mine = sumOf(facts)
  return [...sumOf(rows.map(centreFact))]
    .filter(([id, line]) => mine.get(id) !== line)
    .map(([id, line]) => `${name} differs on passage ${id}: ${mine.get(id)}, the centre has ${line}`)
}
