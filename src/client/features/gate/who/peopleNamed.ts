import { nameFits } from '../../../../domain/formats/name.ts'
import type { Presence } from '../../../../domain/rules/presence.ts'
import type { Homes } from '../book/useHomes.ts'
import type { Purpose, Who } from '../form.ts'

export interface NamedPerson {
  key: string
  who: Who
  purpose?: Purpose | undefined
}

const atMost = 8

/** People whose name could be the one typed: guests inside first, then those who live here. */
export function peopleNamed(typed: string, homes: Homes, presence: Presence): NamedPerson[] {
  const found: NamedPerson[] = []
  for (const { id, passage } of presence.inside.values()) {
    const { name, home, household, purpose } = passage
    if (found.length >= atMost) return found
    if (passage.subject !== 'person' || !name || purpose === 'resident' || !nameFits(typed, name)) continue
    const place = { ...(home ? { home } : {}), ...(household ? { household } : {}) }
    found.push({ key: id, who: { how: 'name', name, ...place }, purpose })
  }
  for (const [household, { home, people }] of homes.byId.value) {
    for (const [i, { name }] of people.entries()) {
      if (found.length >= atMost) return found
      if (!nameFits(typed, name)) continue
      found.push({ key: `${household}-${i}`, who: { how: 'name', name, home, household } })
    }
  }
  return found
}
