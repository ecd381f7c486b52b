import type { Standing } from '../store/rows.ts'
import type { Identity } from '../store/types.ts'
import type { StoreProblem } from '../store/open.ts'
import type { Pulse } from './pulse.ts'
import type { SyncProblem, SyncState, SyncStatus } from './status.ts'

/** Everything a status is made from. */
export interface Facts {
  known: boolean
  identity: Identity | null
  standing: Standing
  /** `here`: neither received nor waiting, since no page can hold it. */
  counts: { logged: number; received: number; here: number; attention: number }
  pulse: Pulse
  online: boolean
  storeProblem: StoreProblem | null
  /** The phone was enrolled once, and its database is empty now. */
  vanished: boolean
  lastContactAt: number | null
  firstSyncDone: boolean
  persisted: boolean | null
  estimate: { usage: number; quota: number } | null
  clockOffMs: number | null
  others: number
}

const waitingOf = ({ counts: { logged, received, here } }: Facts): number =>
  Math.max(0, logged - received - here)

function stateOf(facts: Facts): SyncState {
  const { identity, standing, counts, pulse, online } = facts
  if (!identity || standing.unknown) return 'signed-out'
  if (standing.revoked) return 'revoked'
  if (counts.attention > 0) return 'attention'
  if (pulse.full) return 'full'
  if (!online || !pulse.reached) return 'offline'
  if (pulse.sending) return 'sending'
  return waitingOf(facts) > 0 ? 'waiting' : 'sent'
}

function problemOf({ standing, storeProblem, vanished, pulse }: Facts): SyncProblem | null {
  if (storeProblem) return storeProblem
  if (vanished) return 'storage-lost'
  if (pulse.full) return 'storage-full'
  if (standing.notice) return standing.notice
  if (standing.tooOld) return 'version-unsupported'
  return pulse.stranger ? 'not-gatepost' : null
}

export const statusOf = (facts: Facts): SyncStatus => ({
  known: facts.known,
  state: stateOf(facts),
  logged: facts.counts.logged,
  received: facts.counts.received,
  attention: facts.counts.attention,
  waiting: waitingOf(facts),
  others: facts.others,
  lastContactAt: facts.lastContactAt,
  persisted: facts.persisted,
  firstSyncDone: facts.firstSyncDone,
  estimate: facts.estimate,
  clockOffMs: facts.clockOffMs,
  problem: problemOf(facts),
})
