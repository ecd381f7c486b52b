import type { PageRow } from '../storage/rows.ts'
import { digestOf } from './signing.ts'

/** Of each line so many characters of its SHA-256 in base64url are kept: 132 bits, nobody finds another such line. */
const width = 22

/** What a page keeps of its lines, so that the chain can still be followed when some of them are erased ([PG4]). */
export const digestsOf = (lines: readonly string[]): string =>
  lines.map((line) => digestOf(line).slice(0, width)).join('')

/** Did this line stand in the page at the install's counter `n`? Null where the page has no digests. */
export function hadLine({ first, digests }: Pick<PageRow, 'first' | 'digests'>, n: number, line: string) {
  if (digests === null) return null
  const at = (n - first) * width
  return digests.slice(at, at + width) === digestsOf([line])
}

/** The digest of the line at `index`, as long as it is kept; null where the page has none. */
export function digestAt(digests: string | null, index: number): string | null {
  const part = digests?.slice(index * width, (index + 1) * width) ?? ''
  return part.length === width ? part : null
}

/** Is this the line, or the whole digest of one, that the page came with? */
export const isKept = (kept: string, whole: string): boolean => whole.slice(0, width) === kept
