import type { PostId } from '../../../../domain/ids.ts'
import { counts, postOf, type What } from '../../../../domain/rules/board.ts'
import { newestFirst, type Ledger } from '../../../../domain/rules/ledger.ts'
import type { Logged } from '../../../../domain/rules/logged.ts'
import { isOver, stayOf } from '../../../../domain/rules/overstay.ts'
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

/** Who is inside, and since when too long, is a question to the logbook as a whole, not to one entry. */
function here(ledger: Ledger, logged: Logged, gate: Gate | undefined, over: boolean, now: number): boolean {
  const party = ledger.presence.inside.get(logged.fact.id)
  if (!party || !over) return party !== undefined
  return gate !== undefined && isOver(stayOf(gate.settings, party, now), now)
}

function fits(
  ledger: Ledger,
  logged: Logged,
  filter: LogFilter,
  gate: Gate | undefined,
  now: number,
): boolean {
  const { what, way, text } = filter
  if (filter.gate !== '' && postOf(logged) !== filter.gate) return false
  if (way && !(logged.kind === 'passage' && logged.body.way === way)) return false
  if (isCounted(what) && !counts(what, logged)) return false
  if ((what === 'inside' || what === 'overstay') && !here(ledger, logged, gate, what === 'overstay', now))
    return false
  return text.trim() === '' || matches(logged, text)
}

/** What is inside now is shown whenever it came in. */
const ignoresTime = (what: LogWhat): boolean => what === 'inside' || what === 'overstay'

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
      if (!ignoresTime(filter.what) && at >= filter.to) continue
      if (!ignoresTime(filter.what) && at < filter.from) break
      if (fits(ledger, logged, filter, byId.get(postOf(logged) ?? ''), now)) found.push(logged)
    }
  return found.sort((a, b) => b.fact.at - a.fact.at)
}
