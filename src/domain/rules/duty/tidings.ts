import type { MemberId } from '../../ids.ts'
import { Shift } from '../../kinds/shift.ts'
import { corrected } from '../correct.ts'
import type { Turn } from './book.ts'
import type { MyTurn } from './roster.ts'

/** A turn as its holder knows it: where and when. */
export type KnownTurn = Pick<Shift, 'post' | 'starts' | 'ends'> & { cancelled?: boolean | undefined }

/** What somebody does not know yet of a turn that is theirs. */
export type Tidings = { is: 'moved'; was: KnownTurn } | { is: 'cancelled' }

/** A turn as it stands now, to be remembered as known. */
export const knownOf = ({ body: { post, starts, ends }, retracted }: Turn): KnownTurn => ({
  post,
  starts,
  ends,
  ...(retracted ? { cancelled: true } : {}),
})

/** As it stood when the centre gave its order to what put them there; null while it has not. */
function asGiven(turn: Turn, seq: number | null): KnownTurn | null {
  if (seq === null) return null
  const earlier = turn.corrections.filter((change) => (change.seq ?? Infinity) < seq)
  return knownOf({ ...turn, ...corrected(Shift, turn.fact.body, earlier) })
}

/**
 * What is to be told to who holds a turn: it was cancelled, or it is at another time or post than they know. They know
 * what they have seen (`seen`, as this phone remembers it), else how it stood when they got their place.
 */
export function tidingsOf(mine: MyTurn, member: MemberId, seen: KnownTurn | undefined): Tidings | null {
  const { turn, seats, place, cancelled } = mine
  if (place.is !== 'mine') return null
  if (cancelled) return seen?.cancelled ? null : { is: 'cancelled' }
  const seat = seats.holders.find((one) => one.member === member)
  const was = seen ?? asGiven(turn, seat?.fact.seq ?? null)
  const { post, starts, ends } = turn.body
  const same = !was || (was.post === post && was.starts === starts && was.ends === ends)
  return same ? null : { is: 'moved', was }
}
