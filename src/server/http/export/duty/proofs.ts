import * as v from 'valibot'
import type { EntryId, LogbookId } from '../../../../domain/ids.ts'
import { LostCard } from '../../../../domain/kinds/lostCard.ts'
import { Station } from '../../../../domain/kinds/station.ts'
import type { DutyBook } from '../../../../domain/rules/duty/book.ts'
import { groundOf, signaturesOf, type Ground, type Signed } from '../../../../domain/rules/duty/proof.ts'
import type { StrengthContext } from '../../../../domain/rules/duty/strength.ts'
import type { PublicJwk } from '../../../../protocol/api.ts'
import type { LogReads } from '../../../storage/storage.ts'
import { isSignedByLater } from '../../../sync/signing.ts'

/** So many signatures are verified at a time, on threads of their own. */
const atOnce = 256

/** All stations that ever stood at a post: one that was taken down has still shown what it showed. */
async function readGround(storage: LogReads, logbook: LogbookId): Promise<Ground> {
  const [shown, lost] = [
    await storage.records(logbook, 'station'),
    await storage.records(logbook, 'lostCard'),
  ]
  const stations = shown.flatMap(({ id, body }) => {
    const station = v.safeParse(Station, body)
    return station.success ? [{ id, body: station.output }] : []
  })
  const losses = lost.flatMap(({ body }) => {
    const loss = v.safeParse(LostCard, body)
    return loss.success && !loss.output.removed ? [loss.output] : []
  })
  return groundOf(stations, losses)
}

async function holds(signatures: readonly Signed[], own: PublicJwk): Promise<boolean> {
  for (const { text, signature, key } of signatures)
    if (await isSignedByLater(text, signature, key ? { kty: 'EC', crv: 'P-256', ...key } : own)) return true
  return false
}

/**
 * Looks again into every code and card that check-ins of this book rest on: what a phone wrote down about itself is
 * believed by its signature alone. `own`: the centre's key, which signs cards.
 */
export async function dutyTrust(
  storage: LogReads,
  book: DutyBook,
  logbook: LogbookId,
  own: PublicJwk,
): Promise<StrengthContext> {
  const ground = await readGround(storage, logbook)
  const good = new Map<EntryId, boolean>()
  const asked = [...book.stays.values()].flatMap(({ fact }) => {
    const signatures = signaturesOf(fact, ground)
    return signatures ? [{ id: fact.id, signatures }] : []
  })
  for (let from = 0; from < asked.length; from += atOnce)
    await Promise.all(
      asked.slice(from, from + atOnce).map(async ({ id, signatures }) => {
        good.set(id, await holds(signatures, own))
      }),
    )
  return { proofHolds: ({ fact }) => good.get(fact.id) }
}
