import type { EntryId } from '../ids.ts'
import type { Fact } from '../entry.ts'
import { asCorrection, byArrival, type CorrectionFact } from './correct.ts'
import { toLogged, type Logged } from './logged.ts'
import { emptyPresence, placePassage, type Presence } from './presence.ts'

/**
 * A gate's logbook in memory, taken up fact by fact: a tap costs what that one entry touches, however long the
 * book is. It is changed in place by `absorb`; everything else only reads it.
 */
export interface Ledger {
  entries: Map<EntryId, Logged>
  /** Ids by corrected time, oldest first. */
  order: EntryId[]
  /** Corrections by the fact that they point at, which may not have arrived yet ([FD1]). */
  corrections: Map<EntryId, CorrectionFact[]>
  presence: Presence
  /** Ids of the few that are not an ordinary passage: everything of another kind, and passages with a fever. */
  rare: Set<EntryId>
}

export const emptyLedger = (): Ledger => ({
  entries: new Map(),
  order: [],
  corrections: new Map(),
  presence: emptyPresence(),
  rare: new Set(),
})

/** More than this many facts at once are sorted in one go instead of being put in one by one. */
const bulk = 64

const before = (a: Logged, b: Logged): boolean =>
  a.fact.at !== b.fact.at ? a.fact.at < b.fact.at : a.fact.id < b.fact.id

/** Position of the first entry that does not stand before this one. */
function position(ledger: Ledger, logged: Logged): number {
  let [low, high] = [0, ledger.order.length]
  while (low < high) {
    const middle = (low + high) >>> 1
    const at = ledger.entries.get(ledger.order[middle] ?? '')
    if (at && before(at, logged)) low = middle + 1
    else high = middle
  }
  return low
}

const isRare = (logged: Logged): boolean =>
  logged.kind !== 'passage' || logged.body.advice?.includes('fever') === true

function put(ledger: Ledger, logged: Logged, placing: boolean): void {
  const id = logged.fact.id
  const old = ledger.entries.get(id)
  const moved = !old || old.fact.at !== logged.fact.at
  if (old && moved && placing) ledger.order.splice(position(ledger, old), 1)
  ledger.entries.set(id, logged)
  if (moved && placing) ledger.order.splice(position(ledger, logged), 0, id)
  if (isRare(logged)) ledger.rare.add(id)
  else ledger.rare.delete(id)
  placePassage(ledger.presence, old, logged)
}

function sortAll(ledger: Ledger): void {
  const all = [...ledger.entries.values()].sort((a, b) => (before(a, b) ? -1 : 1))
  ledger.order = all.map((logged) => logged.fact.id)
}

function keepCorrection(ledger: Ledger, correction: CorrectionFact): void {
  const { target } = correction.body
  const others = (ledger.corrections.get(target) ?? []).filter((c) => c.id !== correction.id)
  ledger.corrections.set(target, [...others, correction].sort(byArrival))
}

/** Takes up facts that are new or have changed (sent, corrected time). Any order, any number of times. */
export function absorb(ledger: Ledger, facts: readonly Fact[]): void {
  const placing = facts.length <= bulk
  const touched = new Map<EntryId, Fact>()
  for (const fact of facts) {
    const correction = fact.kind === 'correction' ? asCorrection(fact) : null
    if (!correction) {
      touched.set(fact.id, fact)
      continue
    }
    keepCorrection(ledger, correction)
    const target = ledger.entries.get(correction.body.target)?.fact
    if (target && !touched.has(target.id)) touched.set(target.id, target)
  }
  const inOrder = [...touched.values()].sort((a, b) => a.at - b.at)
  for (const fact of inOrder) put(ledger, toLogged(fact, ledger.corrections.get(fact.id) ?? []), placing)
  if (!placing) sortAll(ledger)
}

/** Entries from the newest to the oldest, for as long as the caller wants more. */
export function* newestFirst(ledger: Ledger): Generator<Logged> {
  for (let i = ledger.order.length - 1; i >= 0; i--) {
    const logged = ledger.entries.get(ledger.order[i] ?? '')
    if (logged) yield logged
  }
}

/** Entries that are not an ordinary passage, newest first: what is looked for among them needs no look at the others. */
export const rareNewestFirst = (ledger: Ledger): Logged[] =>
  [...ledger.rare].flatMap((id) => ledger.entries.get(id) ?? []).sort((a, b) => (before(a, b) ? 1 : -1))

/** Entries at or after a moment (ms), newest first. */
export function since(ledger: Ledger, from: number): Logged[] {
  const found: Logged[] = []
  for (const logged of newestFirst(ledger)) {
    if (logged.fact.at < from) break
    found.push(logged)
  }
  return found
}
