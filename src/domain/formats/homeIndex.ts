import type { RecordId } from '../ids.ts'
import { compare } from '../places.ts'
import { homeKey, parseHome } from './home.ts'

/** One home as the pad knows it. */
export interface KnownHome {
  id: RecordId
  key: string
  parts: readonly string[]
}

export interface HomeMatch {
  /** Homes that the typed text can still become, in natural order. */
  homes: readonly KnownHome[]
  /** The one home that the text names, where nothing else is possible any more. */
  only: KnownHome | null
  /** What was typed with hyphens where all matches agree on them, else as typed. */
  shown: string
  /** The numbers that all matches share, widest first, without the last one. */
  shared: readonly string[]
}

/** Homes in natural order; those that are not made of numbers are found by name, not on the pad. */
export function indexHomes(households: Iterable<{ id: RecordId; home: string }>): KnownHome[] {
  const known: KnownHome[] = []
  for (const { id, home } of households) {
    const parts = parseHome(home)
    if (parts) known.push({ id, key: homeKey(home), parts })
  }
  return known.sort((a, b) => compare(a.key, b.key))
}

/**
 * Reads typed characters against a home's numbers. Hyphens may be left out: `32501` and `3-2501` both reach
 * 3-2-501; a typed hyphen must stand where a number ends. Null: the home cannot be meant any more.
 */
function read(typed: string, parts: readonly string[]): { shown: string; whole: boolean } | null {
  let [at, within] = [0, 0]
  let shown = ''
  for (const char of typed) {
    const current = parts[at] ?? ''
    const ended = within === current.length
    if (char === '-') {
      if (!ended || at === parts.length - 1) return null
      ;[at, within, shown] = [at + 1, 0, `${shown}-`]
      continue
    }
    if (ended && within > 0) [at, within, shown] = [at + 1, 0, `${shown}-`]
    if (parts[at]?.[within] !== char) return null
    within += 1
    shown += char
  }
  return { shown, whole: at === parts.length - 1 && within === parts[at]?.length }
}

function sharedParts(homes: readonly KnownHome[]): string[] {
  const [first, ...rest] = homes
  const shared: string[] = []
  for (const [i, value] of (first?.parts.slice(0, -1) ?? []).entries()) {
    if (rest.some((home) => home.parts[i] !== value || home.parts.length - 1 <= i)) break
    shared.push(value)
  }
  return shared
}

/** Homes by what was typed on the pad so far (digits, letters, hyphens). Nothing typed matches nothing. */
export function matchHomes(index: readonly KnownHome[], typed: string): HomeMatch {
  const text = typed.normalize('NFKC').toUpperCase()
  const homes: KnownHome[] = []
  const shapes = new Set<string>()
  let whole: KnownHome | null = null
  for (const home of text === '' ? [] : index) {
    const found = read(text, home.parts)
    if (!found) continue
    homes.push(home)
    shapes.add(found.shown)
    if (found.whole) whole = home
  }
  const [shape] = shapes
  return {
    homes,
    only: homes.length === 1 ? whole : null,
    shown: shapes.size === 1 && shape !== undefined ? shape : text,
    shared: sharedParts(homes),
  }
}
