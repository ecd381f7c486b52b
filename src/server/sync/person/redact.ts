import { isAbout, mentions, touches, type Terms } from './terms.ts'

/** What stands where a name has to stand. */
export const nobody = '—'

/**
 * The fields of a record that change when somebody goes from it: who is one of a list leaves the list, a name becomes a
 * dash, anything else goes (null). Whom the record is about by one word only stays: another 张三 lives next door.
 */
export function redacted(body: Readonly<Record<string, unknown>>, terms: Terms): Record<string, unknown> {
  const changes: Record<string, unknown> = {}
  for (const [field, value] of Object.entries(body)) {
    if (Array.isArray(value)) {
      const left = value.filter((one) => !goes(one, field, terms, body))
      if (left.length < value.length) changes[field] = left
    } else if (touches({ [field]: value }, terms) && field !== 'home')
      changes[field] = field === 'name' ? nobody : null
  }
  return changes
}

/** One of a list goes where every word that the rest of the record does not have is its own. */
function goes(one: unknown, field: string, terms: Terms, body: Readonly<Record<string, unknown>>): boolean {
  const rest = Object.fromEntries(Object.entries(body).filter(([name]) => name !== field))
  const own = terms.filter((term) => mentions(one, term, field))
  return own.length > 0 && terms.every((term) => own.includes(term) || mentions(rest, term))
}

/**
 * A fact that names many, such as a unit's sign-in, without one of them: a dash stands for the name, so that the counts stay;
 * a note that mentions somebody goes. Null where the fact is no such one, or would still be about them.
 */
export function withoutOne(
  body: Readonly<Record<string, unknown>>,
  terms: Terms,
): Record<string, unknown> | null {
  const names = body['names']
  if (!Array.isArray(names)) return null
  const left = names.map((one: unknown) => (goes(one, 'names', terms, body) ? { name: nobody } : one))
  const fields = Object.entries({ ...body, names: left })
  const kept = Object.fromEntries(
    fields.filter(([name, value]) => name === 'names' || !touches({ [name]: value }, terms)),
  )
  return isAbout(kept, terms) ? null : kept
}
