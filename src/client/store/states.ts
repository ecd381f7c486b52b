import type { EntryState } from '../../domain/entry.ts'
import { getMeta, type GatepostDb } from './database.ts'

/** What is needed to tell the state of own entries. */
export interface States {
  /** Local counter up to which signed receipts have come. */
  through: number
  /** Counters of entries that need a hand, with the code. */
  attention: ReadonlyMap<number, string>
  /** Counters of those that needed one and were settled. */
  settled: ReadonlySet<number>
}

export async function readStates(db: GatepostDb): Promise<States> {
  const [sent, rows] = await Promise.all([getMeta(db, 'sent'), db.attention.toArray()])
  const open = rows.filter((row) => !row.done).map((row): [number, string] => [row.n, row.code])
  const settled = rows.filter((row) => row.done).map((row) => row.n)
  return { through: sent?.through ?? 0, attention: new Map(open), settled: new Set(settled) }
}

export const stateOf = (n: number, { through, attention }: States): EntryState => {
  if (attention.has(n)) return 'attention'
  return n <= through ? 'sent' : 'saved'
}
