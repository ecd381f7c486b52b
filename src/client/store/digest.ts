import type { EntryId, LogbookId } from '../../domain/ids.ts'
import type { Fact } from '../../domain/entry.ts'
import { kindOf } from '../../domain/kinds/index.ts'
import type { Arrived } from './arrived.ts'
import { isDocument } from './compose.ts'
import { linesAbove, ownFact, pulledFact, seqOf } from './factRows.ts'
import type { News } from './news.ts'
import type { OwnRow } from './rows.ts'
import { stateOf, type States } from './states.ts'

/** What a follower has read so far. */
export interface Read {
  lastN: number
  lastSeq: number
  epoch: string
  /** Where the logbook's cursor stood then: nothing is missing up to there. -1: there was none. */
  through: number
  states: States
  /** Own facts by counter: their state may still change. */
  own: Map<number, Fact>
  known: Set<EntryId>
  /** Counters of own facts whose order of arrival decides something: a pull brings their order number ([PL7]). */
  ordered: Map<EntryId, number>
}

export const nothingRead = (): Read => ({
  lastN: 0,
  lastSeq: 0,
  epoch: '',
  through: -1,
  states: { through: 0, attention: new Map(), settled: new Set() },
  own: new Map(),
  known: new Set(),
  ordered: new Map(),
})

/** How far a follower has come, where nothing of it can still change by itself. */
export type Reached = Pick<Read, 'lastN' | 'lastSeq' | 'epoch'>

/** An entry that waits for its receipt, or its order number, will read otherwise without anything new. */
function isSettled({ own, ordered }: Read): boolean {
  for (const { id, state, seq } of own.values())
    if (state === 'saved' || (state === 'sent' && seq === null && ordered.has(id))) return false
  return true
}

/** Null while it is not settled. */
export const reachedOf = (read: Read): Reached | null => {
  const { lastN, lastSeq, epoch } = read
  return isSettled(read) ? { lastN, lastSeq, epoch } : null
}

/** Takes up own rows; gives those that were not known. */
export function takeOwn(read: Read, rows: readonly OwnRow[]): Fact[] {
  return rows.flatMap((row) => {
    const its = { state: stateOf(row.n, read.states), aside: read.states.settled.has(row.n) }
    const fact = isDocument(row.kind) ? null : ownFact(row, its)
    if (!fact || (read.known.has(fact.id) && !read.own.has(row.n))) return []
    read.known.add(fact.id)
    read.own.set(row.n, fact)
    if (kindOf(fact.kind)?.ordered) read.ordered.set(fact.id, row.n)
    return [fact]
  })
}

/** What this tab has just saved, handed over in memory; null where something came between and has to be read. */
export function takeSaved(
  read: Read,
  saved: readonly OwnRow[],
  logbook: LogbookId,
  since: number,
): Fact[] | null {
  if (saved[0]?.n !== read.lastN + 1) return null
  read.lastN += saved.length
  return takeOwn(
    read,
    saved.filter((row) => row.logbook === logbook && row.at >= since),
  )
}

/** Counters whose state may differ between two looks. */
function* touched(before: States, after: States): Generator<number> {
  const [low, high] = [Math.min(before.through, after.through), Math.max(before.through, after.through)]
  for (let n = low + 1; n <= high; n++) yield n
  yield* before.attention.keys()
  yield* after.attention.keys()
}

/** Own facts whose state is another now. */
function takeStates(read: Read, states: States): Fact[] {
  const changed = new Map<number, Fact>()
  for (const n of touched(read.states, states)) {
    const fact = read.own.get(n)
    const state = stateOf(n, states)
    if (!fact || fact.state === state) continue
    const next: Fact = { ...fact, state, ...(states.settled.has(n) ? { aside: true } : {}) }
    read.own.set(n, next)
    changed.set(n, next)
  }
  read.states = states
  return [...changed.values()]
}

/** The same fact as this phone has it, with what the centre has added; it stays one's own. */
function numbered(read: Read, pulled: Fact): Fact[] {
  const n = read.ordered.get(pulled.id)
  const own = n === undefined ? undefined : read.own.get(n)
  if (n === undefined || !own || own.seq === pulled.seq) return []
  const { seq, at, flags } = pulled
  const next = { ...own, seq, at, flags }
  read.own.set(n, next)
  return [next]
}

function takeLine(read: Read, line: string, since: number): Fact[] {
  const fact = pulledFact(line)
  if (!fact || fact.at < since) return []
  if (read.known.has(fact.id)) return numbered(read, fact)
  read.known.add(fact.id)
  return [fact]
}

const takeLines = (read: Read, lines: readonly string[], since: number): Fact[] =>
  lines.flatMap((line) => takeLine(read, line, since))

/** An own fact may come with its order number in the same look: the later word about it is enough. */
function eachOnce(read: Read, facts: Fact[]): Fact[] {
  if (read.ordered.size === 0) return facts
  return [...new Map(facts.map((fact) => [fact.id, fact])).values()]
}

/**
 * What this tab has just pulled, handed on in memory; null where something came between and has to be read. It may begin with
 * what was handed on before and could not be stored then.
 */
export function takeArrived(read: Read, arrived: Arrived, since: number): Fact[] | null {
  const { epoch, after, seq, factLines } = arrived
  if (read.epoch !== epoch || read.through < after) return null
  read.lastSeq = Math.max(read.lastSeq, seqOf(factLines.at(-1) ?? ''))
  read.through = Math.max(read.through, seq)
  return eachOnce(read, takeLines(read, factLines, since))
}

/** So many rows are read at a time before the screen has its turn. */
const slice = 50

/** Pulled lines that were not read before, slice by slice. */
function* newLines({ segments, epoch }: News, read: Read): Generator<string[]> {
  const lastSeq = epoch === read.epoch ? read.lastSeq : 0
  for (const { to, text } of segments) if (to > lastSeq) yield* linesAbove(text, lastSeq, slice)
}

/** Takes up the news, with a breath after every slice of many; gives what is new or changed. */
export async function takeNews(
  read: Read,
  news: News,
  since: number,
  breathe: () => Promise<void>,
): Promise<Fact[]> {
  const facts = news.states ? [takeStates(read, news.states)] : []
  for (let i = 0; i < news.own.length; i += slice) {
    if (i > 0) await breathe()
    facts.push(takeOwn(read, news.own.slice(i, i + slice)))
  }
  let begun = false
  for (const lines of newLines(news, read)) {
    if (begun) await breathe()
    begun = true
    facts.push(takeLines(read, lines, since))
  }
  const kept = news.epoch === read.epoch ? read.lastSeq : 0
  read.lastSeq = Math.max(kept, ...news.segments.map((segment) => segment.to))
  read.lastN = Math.max(read.lastN, news.lastN)
  read.epoch = news.epoch
  read.through = news.through
  return eachOnce(read, facts.flat())
}
