import { inject, type InjectionKey } from 'vue'
import type { LogbookId } from '../../domain/ids.ts'
import type {
  BulkReadItem,
  Invited,
  InviteRequest,
  InstallList,
  IssuedCards,
  Preview,
  QuarantineItem,
  Status,
} from '../../protocol/api.ts'
import type { ProblemCode } from '../../protocol/problems.ts'
import type { Identity } from '../store/index.ts'
import type { Guards } from './guards/types.ts'
import type { Relay } from './relay/types.ts'

/**
 * `offline`: no answer. `not-gatepost`: somebody else answered, such as a captive portal. `keys-unavailable`: this
 * browser can't keep a key (private browsing, Lockdown Mode). `storage-unavailable` may also be this phone's.
 */
export type CallProblem = ProblemCode | 'offline' | 'not-gatepost' | 'keys-unavailable'

/** What the calls take and give, for screens that may not reach into the protocol. */
export type {
  BulkReadItem,
  IssuedCards,
  Invited,
  InviteRequest,
  InstallInfo,
  InstallList,
  InvitationInfo,
  Preview,
  QuarantineItem,
  Status,
} from '../../protocol/api.ts'
export type {
  Carried,
  Collected,
  Collector,
  OwnParcel,
  Relay,
  RelayState,
  Showing,
  Taken,
} from './relay/types.ts'
export type { GuardInfo, Guards, GuardsState, Opened, PinSet, Proved, Refused } from './guards/types.ts'
export { quarantineCodes, type QuarantineCode } from '../../protocol/problems.ts'

export type Answer<T> =
  | { ok: true; value: T }
  /** `retryAfter`: seconds. */
  | { ok: false; problem: CallProblem; retryAfter?: number }

export interface EnrolInput {
  /** The invitation's secret. */
  token: string
  name: string
  /** Browser and system, as the coordinator will see it. */
  device: string
}

export interface ExportQuery {
  logbook: LogbookId
  /** Corrected time, ms; `to` is excluded. */
  from: number
  to: number
  format: 'csv' | 'xlsx'
  locale: string
}

/** Check-ins one by one, hours by person, or sign-ins of units: of a duty logbook. */
export type DutyTable = 'checkIns' | 'hours' | 'unitSignIns'

/**
 * How a phone was signed out: `told`: the centre knows; `untold`: it could not be reached. `unsent`: refused, entries
 * wait; `failed`: the storage did not answer. With the last two nothing was erased.
 */
export type Left = 'told' | 'untold' | 'unsent' | 'failed'

/** Calls that need the centre now, but for `relay`. None of them throws. */
export interface Calls {
  preview(token: string): Promise<Answer<Preview>>
  /** Makes key and install id, stores the identity, starts sync. Safe to repeat after a lost answer. */
  enrol(input: EnrolInput): Promise<Answer<Identity>>
  invite(request: InviteRequest): Promise<Answer<Invited>>
  installs(): Promise<Answer<InstallList>>
  /** How the centre does, for whoever looks after a community. */
  status(): Promise<Answer<Status>>
  /** Who read much at once, newest first. */
  bulkReads(): Promise<Answer<BulkReadItem[]>>
  revoke(install: string): Promise<Answer<null>>
  /** Takes an unused invitation back. */
  withdraw(invitation: string): Promise<Answer<null>>
  quarantine(): Promise<Answer<QuarantineItem[]>>
  review(id: number, decision: 'accept' | 'dismiss'): Promise<Answer<null>>
  /** Cards to print, for these members (at most 200). */
  cards(members: readonly string[]): Promise<Answer<IssuedCards['cards']>>
  exportGate(query: ExportQuery): Promise<Answer<Blob>>
  exportDuty(table: DutyTable, query: ExportQuery): Promise<Answer<Blob>>
  /** Signs this phone out: everything leaves it, but only where nothing is unsent. Works without the centre. */
  leave(): Promise<Left>
  /** From phone to phone, without the centre. Its code comes when it is first asked for; rejects where it can't. */
  relay(): Promise<Relay>
  /** Several guards on one phone, without the centre. Comes like `relay`. */
  guards(): Promise<Guards>
}

export const callsKey: InjectionKey<Calls> = Symbol('calls')

/** The calls of this app. To be called in a component's setup. */
export function useCalls(): Calls {
  const calls = inject(callsKey)
  if (!calls) throw new Error('no calls were provided')
  return calls
}
