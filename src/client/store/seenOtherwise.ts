import type { LogbookId } from '../../domain/ids.ts'
import type { HeldLogbook, Identity } from './types.ts'

/** Logbooks that are held as before, and seen otherwise: by another role. */
export function seenOtherwise(before: Identity, after: Identity): LogbookId[] {
  const known = new Map(before.logbooks.map(({ id, seenAs }) => [id, seenAs]))
  const differs = ({ id, seenAs }: HeldLogbook) =>
    seenAs !== undefined && (known.get(id) ?? seenAs) !== seenAs
  return after.logbooks.filter(differs).map(({ id }) => id)
}
