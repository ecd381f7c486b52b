import * as v from 'valibot'
import type { EntryId, LogbookId } from '../../../../domain/ids.ts'
import { Station } from '../../../../domain/kinds/station.ts'
import type { DutyBook } from '../../../../domain/rules/duty/book.ts'
import {
  signaturesOf,
  stationsByTail,
  type Signed,
  type Stations,
} from '../../../../domain/rules/duty/proof.ts'
import type { StrengthContext } from '../../../../domain/rules/duty/strength.ts'
import type { PublicJwk } from '../../../../protocol/api.ts'
import type { LogReads } from '../../../storage/storage.ts'
import { isSignedByLater } from '../../../sync/signing.ts'

/** So many signatures are verified at a time, on threads of their own. */
const atOnce = 256

/** All that ever stood at a post: one that was taken down has still shown what it showed. */
async function stationsOf(storage: LogReads, logbook: LogbookId): Promise<Stations> {
  const rows = await storage.records(logbook, 'station')
  return stationsByTail(
    rows.flatMap(({ id, body }) => {
      const station = v.safeParse(Station, body)
      return station.success ? [{ id, body: station.output }] : []
    }),
  )
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
  const stations = await stationsOf(storage, logbook)
  const good = new Map<EntryId, boolean>()
  const asked = [...book.stays.values()].flatMap(({ fact }) => {
    const signatures = signaturesOf(fact, stations)
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
