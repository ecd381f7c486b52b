import type { EntryId, MemberId } from '../../ids.ts'
import type { Noted, Stay } from './book.ts'

/** One change of an hour: what it was before, what it is since, and who said so. */
export interface Version {
  id: EntryId
  by: MemberId
  /** When it was said, corrected ms. */
  at: number
  field: 'came' | 'left'
  /** Corrected ms. */
  before: number
  after: number
}

/** Changes of one time of a fact, in order of arrival. `null` in a patch goes back to what was measured. */
function changes<B>(noted: Noted<B>, field: Version['field'], first: number): Version[] {
  let before = first
  const versions: Version[] = []
  for (const { id, by, at, body } of noted.corrections) {
    const said = body.patch?.[field]
    if (typeof said !== 'number' && said !== null) continue
    const after = said ?? noted.fact.at
    versions.push({ id, by, at, field, before, after })
    before = after
  }
  return versions
}

/** All changes of a stay's hours, so that what was measured and what was said later both stay readable. */
export function versionsOf(stay: Stay): Version[] {
  const [out] = stay.outs
  return [
    ...changes(stay, 'came', stay.fact.body.came ?? stay.fact.at),
    ...(out ? changes(out, 'left', out.fact.body.left ?? out.fact.at) : []),
  ]
}
