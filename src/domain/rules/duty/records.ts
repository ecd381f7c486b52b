import type { Draft } from '../../entry.ts'
import type { LogbookId, MemberId, PostId } from '../../ids.ts'
import type { CheckIn } from '../../kinds/checkIn.ts'
import type { CheckOut } from '../../kinds/checkOut.ts'
import type { Stay, Turn } from './book.ts'
import type { Seat } from './seats.ts'
import type { Arrival, Meaning } from './understand.ts'

/** What was read or done, beside who and where. */
export type Evidence = Pick<CheckIn, 'way' | 'proof' | 'position'>

export interface Visit {
  logbook: LogbookId
  post: PostId
  /** Who it is; `member` absent for somebody who is no member. */
  who: { member?: MemberId | undefined; name: string }
  evidence: Evidence
}

/**
 * The one answer to the one question. `arrive`: sign in here, as it was understood or without a turn. `instead`: for
 * this person. `leave`: now, or at a time said (corrected ms). `goOn`: with the next turn here. `move`: done over there
 * at a time, and here now. `both`: stay signed in over there, too. `said`: when the earlier stay ended; and here now.
 */
export type Choice =
  | { do: 'arrive' }
  | { do: 'instead'; seat: Seat }
  | { do: 'leave'; left?: number }
  | { do: 'goOn' }
  | { do: 'move'; left: number }
  | { do: 'both' }
  | { do: 'said'; left: number }

function checkIn({ logbook, post, who, evidence }: Visit, turn?: Turn, seat?: Seat): Draft<CheckIn> {
  const { member, name } = who
  return {
    kind: 'checkIn',
    logbook,
    body: {
      post,
      name,
      ...(member === undefined ? {} : { member }),
      ...(turn ? { shift: turn.fact.id } : {}),
      ...(seat ? { instead: seat.member } : {}),
      ...evidence,
    },
  }
}

/** The end of a stay. A time that is said rests on nobody's code. */
export function checkOutDraft(stay: Stay, visit: Visit, left?: number): Draft<CheckOut> {
  const { member, post } = stay.body
  const evidence: Evidence = left === undefined ? visit.evidence : { way: 'hand' }
  return {
    kind: 'checkOut',
    logbook: visit.logbook,
    body: {
      checkIn: stay.fact.id,
      post,
      ...(member === undefined ? {} : { member }),
      ...evidence,
      ...(left === undefined ? {} : { left }),
    },
  }
}

const arrivalOf = (meaning: Meaning): Arrival | null =>
  meaning.is === 'arrive' ? meaning : 'arrival' in meaning ? meaning.arrival : null

const stayOfMeaning = (meaning: Meaning): Stay | null => ('stay' in meaning ? meaning.stay : null)

/** What is written down for a scan that was understood so and answered so. Empty where the answer does not fit. */
export function recordsFor(meaning: Meaning, choice: Choice, visit: Visit): Draft<CheckIn | CheckOut>[] {
  const stay = stayOfMeaning(meaning)
  const comes = () => checkIn(visit, arrivalOf(meaning)?.turn)
  switch (choice.do) {
    case 'arrive':
    case 'both':
      return meaning.is === 'leave' || meaning.is === 'already' ? [] : [comes()]
    case 'instead':
      return meaning.is === 'swap' ? [checkIn(visit, meaning.turn, choice.seat)] : []
    case 'leave':
      return stay ? [checkOutDraft(stay, visit, choice.left)] : []
    case 'goOn':
      return meaning.is === 'leave' && meaning.next
        ? [checkOutDraft(meaning.stay, visit), checkIn(visit, meaning.next)]
        : []
    case 'move':
    case 'said':
      return stay ? [checkOutDraft(stay, visit, choice.left), comes()] : []
  }
}
