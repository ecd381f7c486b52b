import type { Draft } from '../../entry.ts'
import type { EntryId, LogbookId, MemberId, PostId } from '../../ids.ts'
import type { CheckIn } from '../../kinds/checkIn.ts'
import type { CheckOut } from '../../kinds/checkOut.ts'
import type { Claim } from '../../kinds/claim.ts'
import { cameAt, type Stay, type Turn } from './book.ts'
import type { Seat } from './seats.ts'
import type { Arrival, Ended, Meaning } from './understand.ts'

/** What was read or done, beside who and where. */
export type Evidence = Pick<CheckIn, 'way' | 'proof' | 'position'>

export interface Visit {
  logbook: LogbookId
  post: PostId
  /** Who it is: a member, by their name as well where it is known in full, or somebody who is no member, by name. */
  who: { member?: MemberId | undefined; name?: string | undefined }
  evidence: Evidence
}

/**
 * The one answer to the one question. `arrive`: sign in here, as it was understood or without a turn. `instead`: for
 * this person. `take`: the free place, and sign in for it. `leave`: now, or at a time said (corrected ms). `goOn`: with the next turn here. `move`: done over there
 * at a time, and here now. `both`: stay signed in over there, too. `said`: when the earlier stay ended; and here now.
 */
export type Choice =
  | { do: 'arrive' }
  | { do: 'instead'; seat: Seat }
  | { do: 'take' }
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
      ...(name === undefined ? {} : { name }),
      ...(member === undefined ? {} : { member }),
      ...(turn ? { shift: turn.fact.id } : {}),
      ...(seat ? { instead: seat.member } : {}),
      ...evidence,
    },
  }
}

/**
 * Takes a turn's free place for a member; whether it is theirs the centre decides, by the order of arrival. Whose card
 * was read has it spoken for by that.
 */
export function placeDrafts({ logbook, who: { member, name }, evidence }: Visit, turn: Turn): Draft<Claim>[] {
  if (member === undefined || name === undefined) return []
  const { way, proof } = evidence
  const card = way === 'card' && proof !== undefined ? { proof } : {}
  return [{ kind: 'claim', logbook, body: { shift: turn.fact.id, member, name, act: 'take', ...card } }]
}

/** The end of a stay. A time that is said rests on nobody's code. */
function checkOutDraft(stay: Stay, visit: Visit, left?: number): Draft<CheckOut> {
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

/**
 * The ends of a stay and of its twins, so that nothing of it stays open. Who says when they left has come again where a
 * twin began after that: such a one goes on.
 */
export const checkOutDrafts = ({ stay, twins }: Ended, visit: Visit, left?: number): Draft<CheckOut>[] =>
  [stay, ...twins.filter((twin) => left === undefined || cameAt(twin) <= left)].map((one) =>
    checkOutDraft(one, visit, left),
  )

/**
 * What says that they left at another time (corrected ms): an end that was written is amended, and with it those that
 * were written at once with it; one that nobody wrote is a check-out by hand.
 */
export function leftDrafts({ stay, twins }: Ended, visit: Visit, left: number): Draft[] {
  if (stay.outs.length === 0) return checkOutDrafts({ stay, twins }, visit, left)
  return [stay, ...twins.filter((twin) => cameAt(twin) <= left)].flatMap(({ outs: [out] }): Draft[] =>
    out
      ? [
          {
            kind: 'amendment',
            logbook: visit.logbook,
            body: { target: out.fact.id, patch: { left }, why: 'mistake' },
          },
        ]
      : [],
  )
}

const checkOuts = (meaning: Meaning, visit: Visit, left?: number): Draft<CheckOut>[] =>
  'twins' in meaning ? checkOutDrafts(meaning, visit, left) : []

/** What is written down for a scan that was understood so and answered so. Empty where the answer does not fit. */
export function recordsFor(
  meaning: Meaning,
  choice: Choice,
  visit: Visit,
): Draft<CheckIn | CheckOut | Claim>[] {
  const comes = () => checkIn(visit, arrivalOf(meaning)?.turn)
  switch (choice.do) {
    case 'arrive':
    case 'both':
      return meaning.is === 'leave' || meaning.is === 'already' ? [] : [comes()]
    case 'instead':
      return meaning.is === 'swap' ? [checkIn(visit, meaning.turn, choice.seat)] : []
    case 'take':
      return meaning.is === 'join' ? [...placeDrafts(visit, meaning.turn), checkIn(visit, meaning.turn)] : []
    case 'leave':
      return checkOuts(meaning, visit, choice.left)
    case 'goOn':
      return meaning.is === 'leave' && meaning.next
        ? [...checkOuts(meaning, visit), checkIn(visit, meaning.next)]
        : []
    case 'move':
    case 'said':
      return 'twins' in meaning ? [...checkOuts(meaning, visit, choice.left), comes()] : []
  }
}

/** Takes back what was just written. A place that was taken is given back; of all else both stay readable. */
export const undoDrafts = (drafts: readonly Draft[], ids: readonly EntryId[]): Draft[] =>
  ids.flatMap((target, at): Draft[] => {
    const draft = drafts[at]
    if (!draft) return []
    const { kind, logbook, body } = draft
    return kind === 'claim'
      ? [{ kind, logbook, body: { ...body, act: 'giveBack' } }]
      : [{ kind: 'amendment', logbook, body: { target, retract: true, why: 'undo' } }]
  })
