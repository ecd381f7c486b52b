import { maskName } from '../masks.ts'
import { fold } from './text.ts'

/**
 * Could this be the name that somebody looks for? A part of the name will do; a masked name (`张*`) fits every
 * name that is masked so.
 */
export function nameFits(query: string, name: string): boolean {
  const [asked, held] = [fold(query), fold(name)]
  if (asked === '') return false
  return held.includes(asked) || (held.endsWith('*') && maskName(asked) === held)
}
