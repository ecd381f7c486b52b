import type { LostValue } from '../../domain/entry.ts'
import type { EntryId, InstallId, LogbookId, RecordId } from '../../domain/ids.ts'
import type { PublicJwk, SealKey } from '../../protocol/api.ts'
import type { Reached } from './digest.ts'
import type { Identity } from './types.ts'

/** An own entry; together they are the outbox: unsent are those above `sent.through`. */
export interface OwnRow {
  /** Local counter, gap-free, given by the database. The install's counter is `n - chain.counterBase`. */
  n: number
  id: EntryId
  logbook: LogbookId
  kind: string
  /** Corrected time, ms. */
  at: number
  /** The entry's JSON text, exactly as it is sealed. */
  line: string
}

/** A sealed page. Its lines stand in `own`. */
export interface PageRow {
  /** Local number of the page, gap-free; the wire's is `p - chain.pageBase` at the time of sealing. */
  p: number
  install: InstallId
  /** Number on the wire. */
  page: number
  /** Local counter of the first entry. */
  first: number
  count: number
  headerLine: string
  signature: string
  hash: string
  /** 1 once a signed receipt has named it. A number, since it is indexed. */
  sent: 0 | 1
  /** The centre's time on the receipt, ms; 0 before. */
  sentAt: number
  /** Some of its entries were past their time and are gone: it can't be offered again. */
  partial?: true
}

/** Pulled facts as they came, one line each. Read when they are looked at. */
export interface SegmentRow {
  logbook: LogbookId
  /** Order numbers of the first and last fact in it. */
  from: number
  to: number
  count: number
  /** Corrected times, ms. */
  firstAt: number
  lastAt: number
  /** Corrected time when its first fact arrived, ms. */
  arrivedAt: number
  text: string
}

/** A patch of a document that the centre has not confirmed by a pull yet. */
export interface Patch {
  n: number
  at: number
  body: Record<string, unknown>
  /** Head of the logbook when the centre had stored it; the pull that reaches it has the patch in it. */
  ackSeq?: number
  /** Why the centre put it aside. It stays in the view until the person has dealt with it. */
  code?: string
}

export interface RecordRow {
  kind: string
  id: RecordId
  logbook: LogbookId
  seq: number
  at: number
  removed: boolean
  /** As the centre has it; null = not from the centre yet. */
  base: Record<string, unknown> | null
  /** Corrected time of the base, ms. */
  baseAt: number
  patches: Patch[]
  /** Base and patches. */
  body: Record<string, unknown>
  /** `kind:field:value` for each lookup field. */
  look: string[]
  lost: LostValue[]
  /** The logbook while there are patches, else absent: an index of the few that wait. */
  waits?: LogbookId
  /** Which pull from the beginning brought the base, see CursorRow. */
  round: string
}

export interface CursorRow {
  logbook: LogbookId
  epoch: string
  /** The centre's cursor, opaque. */
  next: string
  seq: number
  /** Pulled to its end at least once. */
  complete: boolean
  /** Names this pull from the beginning; at its end, rows of earlier ones that it did not bring are gone. */
  round: string
}

export interface AttentionRow {
  n: number
  id: EntryId
  code: string
  at: number
  held: boolean
  done?: boolean
  /** Local number of its page, which is offered again to learn whether the centre took it since. */
  p?: number
  /** It can't leave this phone: no page holds it. */
  here?: true
}

/** What was worked out from the facts of a logbook, as far as they were read. Goes whenever the logbook goes. */
export interface KeptRow {
  logbook: LogbookId
  reached: Reached
  /** Corrected time, ms. */
  at: number
  what: unknown
}

/** A line of a pull that this version can't place. Kept, never dropped. */
export interface UnreadRow {
  k?: number
  logbook: LogbookId
  line: string
}

/** Read by primary key only: some browsers fail on a scan over rows with a CryptoKey. */
export interface KeyRow {
  install: InstallId
  privateKey: CryptoKey
  publicJwk: PublicJwk
}

export interface MetaValues {
  identity: Identity
  /** What proves the centre's answers. */
  centre: { serverKey: PublicJwk; epoch: string; sealKey?: SealKey | undefined }
  chain: Chain
  sent: { through: number }
  /** Centre time minus device time, and the device time when it was learned. */
  clock: { offMs: number; learnedAt: number }
  contact: { at: number }
  /** Device time when the centre was last asked about what needs a hand. */
  asked: { at: number }
  /** An enrolment or renewal whose answer may have been lost. */
  enrolling: { token: string; install: InstallId }
  renewing: { install: InstallId }
  standing: Standing
  /** Which tab leads, where the browser has no Web Locks. */
  lease: { owner: string; until: number }
  /** And which one lets the wait before a PIN pass. */
  waitLease: { owner: string; until: number }
  /** While the database is shut: unsettled entries in its vault that no page can hold. */
  stuck: { entries: number }
  /** Entries that other guards of this phone have logged and the centre does not have yet. */
  others: { waiting: number }
}

/** Where the chain of pages stands. */
export interface Chain {
  /** Local counter of the last sealed entry. */
  sealedThrough: number
  /** Local number of the last page. */
  p: number
  /** Hash of the last page of this install; '' before the first. */
  prev: string
  /** Local minus install's counter: what earlier installs of this database used up. */
  counterBase: number
  pageBase: number
}

export interface Standing {
  revoked?: boolean
  /** The centre doesn't know this install: restored to an earlier time, or another centre. */
  unknown?: boolean
  /** What the person should know, until the next enrolment. */
  notice?: 'storage-lost' | 'renewed'
  tooOld?: boolean
  /** The chain has forked, or the storage went back in time: the install renews before it sends more ([FO2]). */
  renew?: 'storage-lost' | 'renewed'
}

/** A parcel of own pages that another phone was given, or is to be. It stays until its receipt has come ([RL5]). */
export interface RelayedRow {
  /** SHA-256 of its text. */
  id: string
  text: string
  /** What its receipt is sealed with, base64url. */
  replyKey: string
  /** Thumbprint of the centre's key that it is sealed to. */
  kid: string
  /** Local numbers of its pages. */
  pages: number[]
  entries: number
  /** Small enough for a camera, or for a file only. */
  how: 'frames' | 'file'
  /** Corrected time, ms. */
  at: number
  /** The person has said that somebody has it. */
  handed: boolean
}

/** A parcel of another phone's. `back`: the centre has it, its receipt is to be brought back ([RL7]). */
export interface CarriedRow {
  id: string
  text: string
  state: 'waiting' | 'back' | 'refused'
  /** Corrected time of the last change, ms. */
  at: number
  /** The sealed receipt. */
  reply?: string
  /** Why the centre could not take it. */
  code?: string
  /** How many entries are in it: of a guard of this very phone, who is not at the gate. */
  entries?: number
}

/** A piece of what a guard of a shared phone has on it, sealed with a key that the guard's PIN opens. */
export interface VaultRow {
  /** From 0 on, without a gap. */
  part: number
  iv: Uint8Array<ArrayBuffer>
  data: Uint8Array<ArrayBuffer>
}

/** A frame that the camera caught, so that an interrupted handover goes on where it was. */
export interface FrameRow {
  /** The id that its frames carry, base64url. */
  transfer: string
  n: number
  /** Of the content, bytes. */
  length: number
  block: Uint8Array
  /** Corrected time, ms. */
  at: number
}

/** One row per key; the value stands in the field of the key's name. */
export type MetaRow = { key: string } & Partial<MetaValues>

export interface PrefRow {
  key: string
  value: unknown
}

export const firstChain: Chain = { sealedThrough: 0, p: 0, prev: '', counterBase: 0, pageBase: 0 }
