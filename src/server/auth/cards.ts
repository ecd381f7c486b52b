import { cardText, dayOf, makeCard, type Card } from '../../domain/rules/duty/card.ts'
import { logbookId } from '../../domain/logbooks.ts'
import { issueOf } from '../../domain/rules/duty/lostCards.ts'
import type { IssuedCards } from '../../protocol/api.ts'
import type { LogReads } from '../storage/storage.ts'
import { lossesIn } from '../sync/cards.ts'
import { mayActAtHome, type Caller } from './caller.ts'
import { membersOf } from './members.ts'
import { done, refused, type Outcome } from './outcome.ts'

/** A card holds for a year; who leaves sooner is removed, and their card's check-ins are seen for what they are. */
const cardDays = 365

/**
 * Cards for members of the caller's community, signed by the key that every phone knows. Members that are not there, or
 * were removed, get none; who has lost one gets the next issue ([CA3]). `sign`: ES256 with the server's key, base64url. `now`: ms.
 */
export async function issueCards(
  storage: LogReads,
  caller: Caller,
  members: readonly string[],
  sign: (text: string) => string,
  now: number,
): Promise<Outcome<IssuedCards>> {
  if (!(await mayActAtHome(storage, caller, 'issueCards'))) return refused('not-permitted')
  const known = await membersOf(storage, caller.community)
  const lost = await lossesIn(storage, logbookId('duty', caller.community))
  const cards = [...new Set(members)].flatMap((member) => {
    const found = known.get(member)
    if (!found || found.removed) return []
    const issue = issueOf(member, lost)
    const card: Card = { member, name: found.name, from: dayOf(now), until: dayOf(now) + cardDays, issue }
    const signature = new Uint8Array(Buffer.from(sign(cardText(card)), 'base64url'))
    const until = now + cardDays * 86_400_000
    return [{ member, name: found.name, text: makeCard(card, signature), until, issue }]
  })
  return done({ cards })
}
