import type { Doc, Draft, Entry, EntryState } from '../../domain/entry.ts'
import type { EntryId, InstallId, LogbookId, MemberId, PlaceId } from '../../domain/ids.ts'
import type { BodyOf, KindName } from '../../domain/kinds/index.ts'
import type { Purpose } from '../../domain/logbooks.ts'
import type { Grant } from '../../domain/members.ts'
import type { KnownTo, OnAhead } from './ahead.ts'
import type { Codes } from './codes.ts'
import type { Reached } from './digest.ts'
import type { OnFacts } from './follow.ts'
import type { Kept } from './kept.ts'

/** What Dexie's liveQuery gives. The first value comes as soon as it was read. */
export interface Observable<T> {
  subscribe(next: (value: T) => void, error?: (cause: unknown) => void): { unsubscribe(): void }
}

/** Who this phone is, as the centre last said; readable without a network. */
export interface Identity {
  install: InstallId
  member: MemberId
  /** Record id of the community's `place` document. */
  community: PlaceId
  /** The member's name. */
  name: string
  grants: readonly Grant[]
  /** What the coordinator has noted that they can do; absent = nothing, or not known yet. */
  skills?: readonly string[]
  /** Empty until the first scope has come. */
  logbooks: readonly HeldLogbook[]
  /** Device time, ms. */
  enrolledAt: number
}

export interface HeldLogbook {
  id: LogbookId
  purpose: Purpose
  place: PlaceId
  /** The roles by which it is seen; absent where the centre did not say. */
  seenAs?: string
}

/** An entry that the centre could not take as it is. It is kept there and here. */
export interface AttentionItem {
  /** The install's counter: the entry's number on this phone. */
  n: number
  id: EntryId
  /** A quarantine code of the protocol: catalogue `problem.<code>`. */
  code: string
  /** When the centre said so, by its time, ms. */
  at: number
  /** True where the centre will try again by itself when what was missing has come. */
  held: boolean
  /** The entry; null where the phone no longer holds it. */
  entry: Entry | null
}

/** One of this phone's own entries, for "my records". */
export interface OwnEntry {
  n: number
  state: EntryState
  /** Why it needs attention. */
  code?: string
  entry: Entry
}

export interface DocQuery {
  logbook?: LogbookId
  /** Exact match on a field that the kind names in `lookup`. */
  look?: { field: string; value: string }
  /** Also those that were removed. */
  removed?: true
}

/**
 * Why nothing of a save was written. `unavailable` covers a closed, blocked or newer database; `too-large`: an entry
 * that no page could carry to the centre; `locked`: of a guard who has just left a shared phone.
 */
export type SaveProblem = 'full' | 'unavailable' | 'not-enrolled' | 'too-large' | 'locked'

/** Nothing of the drafts was stored; the form keeps its content and the person is told what to do. */
export class SaveFailed extends Error {
  readonly code: SaveProblem
  constructor(code: SaveProblem, cause?: unknown) {
    super(`not saved: ${code}`, { cause })
    this.name = 'SaveFailed'
    this.code = code
  }
}

export interface Store {
  /**
   * Stores entries and the views of documents in one strict transaction. Resolves when they are on disk; then
   * every tab is told.
   * @throws SaveFailed when nothing was stored
   */
  save(drafts: readonly Draft[]): Promise<Entry[]>
  /**
   * Facts of a logbook since a corrected time (ms), own and pulled, each once. The first call of `onFacts` has
   * all, later ones only what is new or changed (say, saved → sent). Returns the function that ends it. `breathe`: what is
   * done between two pieces of many facts, where others come first.
   */
  followFacts(logbook: LogbookId, since: number, onFacts: OnFacts, breathe?: () => Promise<void>): () => void
  /** What `keep` was given; null where facts of the logbook have come or changed since. Its shape is the keeper's to check. */
  kept(logbook: LogbookId): Promise<Kept | null>
  /** What this tab pulls of a logbook from where it is known, before all of it is read. Returns the function that ends it. */
  followAhead(logbook: LogbookId, known: KnownTo, on: OnAhead): () => void
  /** Keeps something that was worked out from all facts up to `reached`, for the next start of the app. */
  keep(logbook: LogbookId, reached: Reached, what: unknown): Promise<void>
  /** Documents, without removed ones unless they are asked for; kept up to date. */
  watchDocs<K extends KindName>(kind: K, where?: DocQuery): Observable<Doc<BodyOf<K>>[]>
  doc<K extends KindName>(kind: K, id: string): Promise<Doc<BodyOf<K>> | undefined>
  docs<K extends KindName>(kind: K, where?: DocQuery): Promise<Doc<BodyOf<K>>[]>
  /** Own entries, newest first; `before` is the `n` of the last one already shown. */
  mine(limit: number, before?: number): Promise<OwnEntry[]>
  /** What needs a hand and was not settled yet, oldest first. */
  attention(): Observable<AttentionItem[]>
  /** The person has dealt with it; it leaves the list. The entry stays. */
  settleAttention(n: number): Promise<void>
  identity(): Observable<Identity | null>
  codes: Codes
  /** A setting of this device. It never leaves it. */
  pref<T>(key: string): Promise<T | undefined>
  setPref(key: string, value: unknown): Promise<void>
  watchPref<T>(key: string): Observable<T | undefined>
}
