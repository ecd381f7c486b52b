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
  counts: { logged: number; received: number; attention: number }
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
}

function stateOf({ identity, standing, counts, pulse, online }: Facts): SyncState {
  if (!identity || standing.unknown) return 'signed-out'
  if (standing.revoked) return 'revoked'
  if (counts.attention > 0) return 'attention'
  if (!online || !pulse.reached) return 'offline'
  if (pulse.sending) return 'sending'
  return counts.logged > counts.received ? 'waiting' : 'sent'
}

function problemOf({ standing, storeProblem, vanished, pulse }: Facts): SyncProblem | null {
  if (storeProblem) return storeProblem
  if (vanished) return 'storage-lost'
  if (standing.notice) return standing.notice
  if (standing.tooOld) return 'version-unsupported'
  return pulse.stranger ? 'not-gatepost' : null
}

export const statusOf = (facts: Facts): SyncStatus => ({
  known: facts.known,
  state: stateOf(facts),
  ...facts.counts,
  waiting: Math.max(0, facts.counts.logged - facts.counts.received),
  lastContactAt: facts.lastContactAt,
  persisted: facts.persisted,
  firstSyncDone: facts.firstSyncDone,
  estimate: facts.estimate,
  clockOffMs: facts.clockOffMs,
  problem: problemOf(facts),
})
