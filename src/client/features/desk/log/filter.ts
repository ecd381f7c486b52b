import type { PostId } from '../../../../domain/ids.ts'
import { counts, postOf, type What } from '../../../../domain/rules/board.ts'
import { newestFirst, type Ledger } from '../../../../domain/rules/ledger.ts'
import type { Logged } from '../../../../domain/rules/logged.ts'
import { isOver, stayOf } from '../../../../domain/rules/overstay.ts'
import type { Party } from '../../../../domain/rules/presenceGroup.ts'
import { matches } from '../../../../domain/rules/search.ts'
import type { Gate } from '../shared/town.ts'

export const logWhats = ['all', 'passage', 'fever', 'refused', 'vehicle', 'inside', 'overstay'] as const
export type LogWhat = (typeof logWhats)[number]
export const logWays = ['in', 'out'] as const
export type LogWay = (typeof logWays)[number]

export interface LogFilter {
  /** '' = all gates. */
  gate: PostId | ''
  what: LogWhat
  way?: LogWay | undefined
  text: string
  /** Corrected time, ms; `to` is excluded. */
  from: number
  to: number
}

const isCounted = (what: LogWhat): what is What =>
  what === 'passage' || what === 'fever' || what === 'refused' || what === 'vehicle'

/** Who is inside, and since when too long, is a question to the logbook as a whole: what is so now, whenever it came in. */
const isOfNow = (what: LogWhat): boolean => what === 'inside' || what === 'overstay'

const isOverstay = (party: Party, gate: Gate | undefined, now: number): boolean =>
  gate !== undefined && isOver(stayOf(gate.settings, party, now), now)

function fits(
  ledger: Ledger,
  logged: Logged,
  filter: LogFilter,
  gates: ReadonlyMap<PostId, Gate>,
  now: number,
): boolean {
  const { what, way, text } = filter
  const party = isOfNow(what) ? ledger.presence.inside.get(logged.fact.id) : undefined
  // As the board counts it: where it came in first, though it stands here as it came in last.
  const post = party ? party.gates[0] : postOf(logged)
  if (filter.gate !== '' && post !== filter.gate) return false
  if (way && !(logged.kind === 'passage' && logged.body.way === way)) return false
  if (isCounted(what) && !counts(what, logged)) return false
  if (isOfNow(what) && !party) return false
  if (what === 'overstay' && party && !isOverstay(party, gates.get(post ?? ''), now)) return false
  return text.trim() === '' || matches(logged, text)
}

/** Entries of all books that fit, newest first. */
export function filterLog(
  books: ReadonlyMap<string, Ledger>,
  gates: readonly Gate[],
  filter: LogFilter,
  now: number,
): Logged[] {
  const byId = new Map(gates.map((gate) => [gate.id, gate]))
  const found: Logged[] = []
  for (const ledger of books.values())
    for (const logged of newestFirst(ledger)) {
      const { at } = logged.fact
      if (!isOfNow(filter.what) && at >= filter.to) continue
      if (!isOfNow(filter.what) && at < filter.from) break
      if (fits(ledger, logged, filter, byId, now)) found.push(logged)
    }
  return found.sort((a, b) => b.fact.at - a.fact.at)
}
