import type { EntryId, MemberId, PlaceId, PostId } from '../../../../domain/ids.ts'
import type { PlaceNode } from '../../../../domain/places.ts'
import { cameAt, stayOf, staysOf, type Stay, type Turn } from '../../../../domain/rules/duty/book.ts'
import { conflictsById, conflictsOf, type Conflict } from '../../../../domain/rules/duty/conflict.ts'
import type { Missing } from '../../../../domain/rules/duty/coverage.ts'
import { turnOf } from '../../../../domain/rules/duty/ending.ts'
import type { PostBook, Present } from '../../../../domain/rules/duty/postBook.ts'
import type { EntryFilter, EntryWhat } from './links.ts'
import type { PostRow } from './rows.ts'
import { isBelow } from './tree.ts'

/** A check-in as a list shows it. */
export interface EntryLine {
  stay: Stay
  turn: Turn | undefined
  post: PostRow
  /** Of one that was opened: what ends with it. */
  twins?: readonly Stay[]
}

/**
 * Who it was, by the list of members: who was signed in on another's phone stands there without a name, or with the
 * masked one that it held. Who is no member is called as they were written down.
 */
export const stayName = ({ body }: Stay, nameOf: (member: MemberId) => string): string =>
  (body.member === undefined ? '' : nameOf(body.member)) || (body.name ?? '')

export const rowsWithin = (
  rows: readonly PostRow[],
  { post, place }: { post?: PostId | undefined; place?: PlaceId | undefined },
  places: ReadonlyMap<PlaceId, PlaceNode>,
): PostRow[] =>
  rows.filter((row) => (post === undefined || row.post === post) && isBelow(row.place, place, places))

/** The ids that a figure counts: the list and the figure are one. */
function idsOf({ coverage, ...row }: PostRow, what: EntryWhat): EntryId[] {
  const stays = (list: readonly Present[]): EntryId[] => list.map(({ id }) => id)
  switch (what) {
    case 'came':
    case 'twice':
      return row.came.map(({ id }) => id)
    case 'yesterday':
      return row.cameYesterday.map(({ id }) => id)
    case 'unconfirmed':
      return row.unconfirmed.map(({ id }) => id)
    case 'here':
      return stays(coverage.here)
    case 'leaving':
      return stays(coverage.leaving)
    case 'forgotten':
      return stays(coverage.forgotten)
    case 'late':
      return []
  }
}

/** Check-ins behind a figure, newest first. `only`: further narrowed, to a unit's people. */
export function entriesOf(
  { book }: PostBook,
  rows: readonly PostRow[],
  { what }: EntryFilter,
  only?: Pick<ReadonlySet<EntryId>, 'has'>,
): EntryLine[] {
  const lines = rows.flatMap((post) =>
    idsOf(post, what).flatMap((id): EntryLine[] => {
      const stay = only && !only.has(id) ? null : stayOf(book, id)
      return stay ? [{ stay, turn: turnOf(book, stay), post }] : []
    }),
  )
  return lines.sort((a, b) => cameAt(b.stay) - cameAt(a.stay))
}

/**
 * Check-ins that stand against another of the same person, and how: at two posts at once, sooner than anybody could
 * walk, or twice at one.
 */
export function twiceOf({ book }: PostBook, rows: readonly PostRow[], now: number): Map<EntryId, Conflict[]> {
  const positions = new Map(rows.map(({ post, doc }) => [post, doc.body.position]))
  const people = new Map<MemberId, Stay[]>()
  for (const stay of staysOf(book)) {
    const { member } = stay.body
    if (member !== undefined) people.set(member, [...(people.get(member) ?? []), stay])
  }
  const context = {
    turnOf: (stay: Stay) => turnOf(book, stay),
    positionOf: (post: PostId) => positions.get(post),
    now,
  }
  const found = [...people.values()].filter((stays) => stays.length > 1)
  return conflictsById(found.flatMap((stays) => conflictsOf(stays, context)))
}

/** People who have a turn now and did not come. */
export const lateOf = (rows: readonly PostRow[]): { missing: Missing; post: PostRow }[] =>
  rows.flatMap((post) => post.coverage.late.map((missing) => ({ missing, post })))
