import * as v from 'valibot'
import type { PostId } from '../ids.ts'
import { Passage } from '../kinds/passage.ts'

/**
 * What can be read of a passage that the centre could not take as it is, so that its author need not write it all
 * again. Fields that do not fit are left out; what a passage can't do without is filled in as at a fresh form.
 */
export function salvagePassage(body: Readonly<Record<string, unknown>>, post: PostId): Passage {
  const fields = Object.entries(Passage.entries)
  const fits = fields.filter(([field, schema]) => field in body && v.is(schema, body[field]))
  const kept = Object.fromEntries(fits.map(([field]) => [field, body[field]]))
  return v.parse(Passage, { post, way: 'in', subject: 'person', how: 'none', decision: 'admit', ...kept })
}
