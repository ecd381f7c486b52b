import type { MemberId } from '../../../../domain/ids.ts'
import type { Member } from '../../../../domain/kinds/member.ts'
import type { PostRow } from './rows.ts'

export interface Callable {
  name: string
  phone: string
}

/** Whom to call about a post: who is late, else who leads it, else who has the turn. Null where no number is known. */
export function whomToCall(row: PostRow, members: ReadonlyMap<MemberId, Member>): Callable | null {
  const { late, due, here, cover } = row.coverage
  if (cover === 'closed' || cover === 'covered') return null
  const holders = [...late, ...due].map(({ seat }) => seat.member)
  const there = here.flatMap(({ member }) => member ?? [])
  const wanted = [...holders, ...(row.doc.body.leaders ?? []), ...there]
  for (const id of wanted) {
    const { name, phone } = members.get(id) ?? {}
    if (name !== undefined && phone) return { name, phone }
  }
  return null
}
