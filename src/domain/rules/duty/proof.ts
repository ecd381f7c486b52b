import type { Doc, Fact } from '../../entry.ts'
import type { CheckIn } from '../../kinds/checkIn.ts'
import type { LostCard } from '../../kinds/lostCard.ts'
import type { Station } from '../../kinds/station.ts'
import { cardHolds, readCard } from './card.ts'
import { voidSince } from './lostCards.ts'
import { readRotating, rotatingText, slotAt, stationTail } from './rotating.ts'

/** A signature (ES256, r‖s) over a text. `key`: JWK coordinates of a station's key; null = the centre's own. */
export interface Signed {
  text: string
  signature: Uint8Array<ArrayBuffer>
  key: Station['key'] | null
}

/** A post's screen as far as its codes are verified by it; one that was taken down has still shown what it showed. */
export type Shown = Pick<Doc<Station>, 'id' | 'body'>

/** Stations by the part of their id that a code names. */
type Stations = ReadonlyMap<string, readonly Shown[]>

/** What codes and cards are verified by: all stations there ever were, and which cards were made void since when. */
export interface Ground {
  stations: Stations
  /** Null where check-ins are seen masked: cards are left out of them, so that none can be looked into. */
  lost: readonly LostCard[] | null
}

/** Between reading a code and answering what was asked then; nobody stands longer before the question. */
const answerSlots = 45
/** The station's clock may be ahead, and so may the phone's. */
const aheadSlots = 3

function stationsByTail(stations: Iterable<Shown>): Stations {
  const byTail = new Map<string, Shown[]>()
  for (const station of stations) {
    const tail = stationTail(station.id)
    byTail.set(tail, [...(byTail.get(tail) ?? []), station])
  }
  return byTail
}

export const groundOf = (stations: Iterable<Shown>, lost: readonly LostCard[] | null): Ground => ({
  stations: stationsByTail(stations),
  lost,
})

/** Does a way of signing in rest on a signed code that is kept with it? */
export const hasProof = (way: CheckIn['way']): boolean => way === 'rotating' || way === 'card'

function fromScreen({ body, at }: Fact<CheckIn>, stations: Stations): Signed[] {
  const code = readRotating(body.proof ?? '')
  if (!code) return []
  const age = slotAt(at) - code.slot
  if (age < -aheadSlots || age > answerSlots) return []
  // The station signs for a post: its code of another post proves nothing here, also where it was moved since.
  return (stations.get(code.station) ?? []).map(({ id, body: { key } }) => ({
    text: rotatingText(id, body.post, code.slot),
    signature: code.signature,
    key,
  }))
}

/**
 * What has to be verified so that this card speaks for this member at that moment (corrected ms). Empty: nothing could
 * make it hold.
 */
export function cardSignatures(
  { member, proof = '' }: { member?: string | undefined; proof?: string | undefined },
  at: number,
  lost: readonly LostCard[],
): readonly Signed[] {
  const card = readCard(proof)
  if (!card || card.member !== member || !cardHolds(card, at)) return []
  // Whoever found it knows nothing of its loss; what it signed before stands.
  const since = voidSince(card, lost)
  if (since !== null && since <= at) return []
  return [{ text: card.text, signature: card.signature, key: null }]
}

/**
 * What has to be verified so that a check-in's proof holds, as it was first written: it does where one of these
 * signatures is good. Empty: nothing could make it hold. Null: this way of signing in has no proof, or none that is
 * seen here.
 */
export function signaturesOf(fact: Fact<CheckIn>, { stations, lost }: Ground): readonly Signed[] | null {
  if (!hasProof(fact.body.way)) return null
  if (fact.body.way !== 'card') return fromScreen(fact, stations)
  return lost && cardSignatures(fact.body, fact.at, lost)
}
