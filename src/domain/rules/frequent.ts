import type { PostId } from '../ids.ts'
import type { Passage } from '../kinds/passage.ts'
import { normalisePlate } from '../formats/plate.ts'
import { newestFirst, type Ledger } from './ledger.ts'
import type { LoggedPassage } from './logged.ts'
import { groupKey } from './presenceGroup.ts'

/** Somebody whom a gate sees often, as they were logged last. */
export interface Frequent {
  key: string
  times: number
  last: LoggedPassage
}

/** How far back "often" looks: enough for days at a small gate and hours at a busy one. */
const lookedAt = 400

/** Reckoned once: the same few hundred are looked at after every tap. */
const keys = new WeakMap<Passage, string>()

function keyOf(p: Passage): string {
  const key = keys.get(p) ?? `${groupKey(p)}|${p.name ?? ''}|${p.purpose ?? ''}`
  keys.set(p, key)
  return key
}

/** People whom this gate sees often, the most frequent first, then the latest. Nameless ones are nobody. */
export function frequentPeople(ledger: Ledger, post: PostId, limit: number): Frequent[] {
  const found = new Map<string, Frequent>()
  let looked = 0
  for (const logged of newestFirst(ledger)) {
    if ((looked += 1) > lookedAt) break
    if (logged.kind !== 'passage' || logged.retracted || logged.body.post !== post) continue
    if (logged.body.subject !== 'person' || (!logged.body.home && !logged.body.name)) continue
    const key = keyOf(logged.body)
    const known = found.get(key)
    found.set(key, { key, times: (known?.times ?? 0) + 1, last: known?.last ?? logged })
  }
  return [...found.values()]
    .sort((a, b) => b.times - a.times || b.last.fact.at - a.last.fact.at)
    .slice(0, limit)
}

export interface SeenPlate {
  plate: string
  inside: boolean
  /** The plate's last passage; null where it is only known from a household. */
  last: LoggedPassage | null
}

/**
 * Plates that begin with, or hold, what was typed: those that can go this way first (inside for a way out), then
 * the latest seen, then those of households. `typed` is a plate's beginning or any part of it.
 */
export function seenPlates(
  ledger: Ledger,
  known: Iterable<string>,
  asked: { typed: string; way: Passage['way']; limit: number },
): SeenPlate[] {
  const typed = normalisePlate(asked.typed)
  const plates = new Map<string, SeenPlate>()
  for (const plate of known) {
    const text = normalisePlate(plate)
    if (text.includes(typed)) plates.set(text, { plate: text, inside: false, last: null })
  }
  for (const [key, group] of ledger.presence.groups) {
    const plate = key.startsWith('plate/') ? key.slice(6) : ''
    if (plate === '' || !plate.includes(typed)) continue
    plates.set(plate, { plate, inside: group.inside.size > 0, last: group.passages.at(-1) ?? null })
  }
  const fits = (seen: SeenPlate): number => Number(seen.inside === (asked.way === 'out'))
  const begins = (seen: SeenPlate): number => Number(seen.plate.startsWith(typed))
  return [...plates.values()]
    .sort(
      (a, b) => fits(b) - fits(a) || begins(b) - begins(a) || (b.last?.fact.at ?? 0) - (a.last?.fact.at ?? 0),
    )
    .slice(0, asked.limit)
}
