import * as v from 'valibot'
import type { LogbookId } from '../../domain/ids.ts'
import { kindOf, type AnyKind } from '../../domain/kinds/index.ts'
import { LostCard } from '../../domain/kinds/lostCard.ts'
import { cardSignatures } from '../../domain/rules/duty/proof.ts'
import type { PublicJwk } from '../../protocol/api.ts'
import type { LogReads } from '../storage/storage.ts'
import type { Sealed } from './reading.ts'
import type { Sheet } from './sheet.ts'
import { isSignedBy } from './signing.ts'
import { correctedTime } from './time.ts'

/** What cards in entries are verified by: the key that signed them, and which were lost, by logbook. */
export interface CardGround {
  key: PublicJwk
  lost: ReadonlyMap<LogbookId, readonly LostCard[]>
}

const cardIn = ({ body }: Sealed, kind: AnyKind | null): string | null => {
  const field = kind?.self?.card
  const text = field === undefined ? undefined : body[field]
  return typeof text === 'string' ? text : null
}

/** Null where no entry has a card in it, as most have none. `key`: of the centre. */
export async function loadCards(
  reads: LogReads,
  entries: readonly Sealed[],
  key: () => Promise<PublicJwk>,
): Promise<CardGround | null> {
  const logbooks = entries.filter((one) => cardIn(one, kindOf(one.kind)) !== null).map((one) => one.logbook)
  if (logbooks.length === 0) return null
  const lost = new Map<LogbookId, LostCard[]>()
  for (const logbook of new Set(logbooks)) lost.set(logbook, await lossesIn(reads, logbook))
  return { key: await key(), lost }
}

/** What was recorded of lost cards in a community's duty logbook. */
export async function lossesIn(reads: LogReads, duty: LogbookId): Promise<LostCard[]> {
  const rows = await reads.records(duty, 'lostCard')
  return rows.flatMap(({ body }) => {
    const read = v.safeParse(LostCard, body)
    return read.success && !read.output.removed ? [read.output] : []
  })
}

/** Does the card in an entry hold, and is it the member's whom the entry is about? */
export function cardSpeaks({ cards, arrivalOff }: Sheet, kind: AnyKind, entry: Sealed): boolean {
  const [proof, member] = [cardIn(entry, kind), entry.body[kind.self?.field ?? '']]
  if (!cards || proof === null || typeof member !== 'string') return false
  const lost = cards.lost.get(entry.logbook) ?? []
  return cardSignatures({ member, proof }, correctedTime(entry, arrivalOff), lost).some(
    ({ text, signature }) => isSignedBy(text, Buffer.from(signature).toString('base64url'), cards.key),
  )
}
