import type { RecordId } from '../ids.ts'
import { isUuid } from '../ids.ts'
import { parseHome } from './home.ts'

/** What a scanned code means at a gate. A code that says nothing here is told so plainly and never guessed at. */
export type Scanned =
  | { is: 'household'; household: RecordId }
  /** A home written in plain text, as on a door's printed code. */
  | { is: 'home'; home: string }
  | { is: 'unknown' }

const householdCode = /^GP:H:([0-9A-F-]{36})$/i

/** Reads a code's text: a home's printed code, or a home as people write it, with at least two numbers. */
export function readScanned(text: string): Scanned {
  const plain = text.trim()
  const household = householdCode.exec(plain)?.[1]?.toLowerCase()
  if (household && isUuid(household)) return { is: 'household', household }
  const home = plain.length <= 40 ? parseHome(plain) : null
  return home && home.length > 1 ? { is: 'home', home: home.join('-') } : { is: 'unknown' }
}
