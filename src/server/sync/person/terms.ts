import { isCardText, readCard } from '../../../domain/rules/duty/card.ts'

/** Words that somebody is known by: a name, a phone number, a home. Something is about them where all occur in it. */
export type Terms = readonly string[]

const isNumber = (term: string): boolean => /^\+?[\d\s-]{7,}$/.test(term)
const digits = (text: string): string => text.replaceAll(/[\s-]/g, '')

/** A field is the term, a note has it in it, or it stands on the card that was read. Numbers are the same however they are spaced. */
function fits(text: string, term: string, field: string): boolean {
  if (isCardText(text)) return readCard(text)?.name === term
  if (isNumber(term))
    return field === 'note' ? digits(text).includes(digits(term)) : digits(text) === digits(term)
  return field === 'note' ? text.includes(term) : text.trim() === term
}

/** Does one of its texts, at whatever depth, fit the term? */
export function mentions(value: unknown, term: string, field = ''): boolean {
  if (typeof value === 'string') return fits(value, term, field)
  if (Array.isArray(value)) return value.some((one) => mentions(one, term, field))
  if (typeof value !== 'object' || value === null) return false
  return Object.entries(value).some(([name, inner]) => mentions(inner, term, name))
}

export const isAbout = (value: unknown, terms: Terms): boolean => terms.every((term) => mentions(value, term))
export const touches = (value: unknown, terms: Terms): boolean => terms.some((term) => mentions(value, term))
