import { homeKey, parseHome } from '../formats/home.ts'
import { normalisePlate } from '../formats/plate.ts'
import { fold } from '../formats/text.ts'
import { newestFirst, type Ledger } from './ledger.ts'
import type { Logged } from './logged.ts'

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '')

/** Everything of an entry that may be searched for, folded: name, home, plate, note, also as first written. */
function haystack(logged: Logged): string {
  const versions = [logged.body, logged.fact.body]
  const words = versions.flatMap((body: Record<string, unknown>) => [
    fold(textOf(body['name'])),
    body['home'] ? homeKey(textOf(body['home'])) : '',
    normalisePlate(textOf(body['plate'])).toLowerCase(),
    fold(textOf(body['note'])),
    fold(textOf(body['from'])),
    fold(textOf(body['by'])),
  ])
  const notes = logged.corrections.map((c) => fold(c.body.note ?? ''))
  return [...words, ...notes].filter(Boolean).join('\n').toLowerCase()
}

/** Entries are replaced when they change, so what was made of one stays true for as long as it lives. */
const made = new WeakMap<Logged, string>()

function searchText(logged: Logged): string {
  const kept = made.get(logged)
  if (kept !== undefined) return kept
  const text = haystack(logged)
  made.set(logged, text)
  return text
}

/** The forms in which a query is looked for: as written, as a plate, and as a home where it has two numbers. */
function forms(query: string): string[] {
  const home = parseHome(query)
  const plate = normalisePlate(query).toLowerCase()
  return [fold(query), plate, home && home.length > 1 ? home.join('-').toLowerCase() : ''].filter(Boolean)
}

/** Does an entry hold what was asked for? Width, case, spaces and the way of writing a home don't matter. */
export function matches(logged: Logged, query: string): boolean {
  const asked = forms(query)
  return asked.length === 0 || asked.some((form) => searchText(logged).includes(form))
}

/** Entries that match, newest first, at most `limit`. */
export function search(
  ledger: Ledger,
  query: string,
  limit: number,
  also: (l: Logged) => boolean = () => true,
) {
  const found: Logged[] = []
  for (const logged of newestFirst(ledger)) {
    if (!also(logged) || !matches(logged, query)) continue
    found.push(logged)
    if (found.length >= limit) break
  }
  return found
}
