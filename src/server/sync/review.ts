import { logbookId } from '../../domain/logbooks.ts'
import type { Grant } from '../../domain/members.ts'
import { mayAct } from '../../domain/permissions.ts'
import type { ReviewRequest } from '../../protocol/api.ts'
import { done, refused, type Outcome } from './outcome.ts'
import type { Transaction } from '../storage/storage.ts'
import { judgeHeldIn, rejudge } from './held.ts'

/** The coordinator who decides. */
export interface Reviewer {
  community: string
  grants: readonly Grant[]
}

/**
 * A coordinator's decision about an entry that was put aside. `accept` judges it by the coordinator's own standing
 * instead of its author's. Answers the logbooks that got entries. `not-found`: not here, or already decided;
 * `bad-request`: it can't be taken whoever vouches for it, and stays where it is.
 */
export async function review(
  tx: Transaction,
  id: number,
  decision: ReviewRequest['decision'],
  { community, grants }: Reviewer,
  now: number,
): Promise<Outcome<readonly string[]>> {
  const home = await tx.logbook(logbookId('duty', community))
  if (!home || !mayAct('reviewQuarantine', { grants, path: home.path })) return refused('not-permitted')
  const row = await tx.quarantined(id)
  if (!row || row.community !== community || row.status !== 'open') return refused('not-found')
  const install = await tx.install(row.install)
  if (decision === 'dismiss' || !install) {
    await tx.settleQuarantine(id, 'dismissed')
    return done([])
  }
  const { verdict, touched, appeared } = await rejudge(tx, row, { install, grants, vouched: true }, now)
  if (verdict.status === 'aside')
    return refused(verdict.code === 'not-permitted' ? 'not-permitted' : 'bad-request')
  return done([...new Set([...touched, ...(await judgeHeldIn(tx, appeared, now))])])
}
