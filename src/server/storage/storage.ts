import type { EntryId, InstallId, LogbookId, MemberId, PlaceId, RecordId } from '../../domain/ids.ts'
import type {
  BulkRead,
  CorrectionRow,
  EntryRow,
  Extent,
  Figures,
  InstallRow,
  InvitationRow,
  LogbookRow,
  OpenAside,
  PageRow,
  QuarantineDraft,
  QuarantineRow,
  QuarantineStatus,
  RecordKey,
  RecordRow,
  TallyRow,
} from './rows.ts'

/**
 * The one interface to what the centre keeps. Drivers: `sqlite/`; others stand beside it. Everything is asked in
 * bulk and answered asynchronously, so that a driver across a network costs a few round trips per page. A logbook
 * is the shard key: everything that belongs to one is found by it, and nothing refers across logbooks.
 *
 * Every call may throw `StorageUnavailable`.
 */
export interface Storage extends Reads {
  /**
   * One transaction: all that `work` wrote is on disk when the promise resolves, or nothing is when it rejects.
   * Writers of the same logbooks go one after another. Reads outside never see a part of it. `sent` is told when
   * `work` is done and its commit is on the way: the next transaction may be begun.
   */
  write<T>(work: (tx: Transaction) => Promise<T>, sent?: () => void): Promise<T>
  /** After something was erased: what stands of it beside the tables goes, too, as far as that is ours to do. */
  scrub(): Promise<void>
  close(): Promise<void>
}

/** Inside a transaction reads see its own writes. */
export interface Transaction extends Reads, Writes {
  /** Undoes only what `work` wrote when it throws, then throws on; the transaction can go on. */
  savepoint<T>(work: () => Promise<T>): Promise<T>
}

export interface Reads extends LogReads, PeopleReads, CareReads {
  meta(key: string): Promise<string | null>
}

/** For whoever looks after the centre. */
export interface CareReads {
  /** A migration that the database has had and this program does not know; null: there is none. */
  ahead(): Promise<string | null>
  /** `community` absent: of all. */
  figures(community?: PlaceId): Promise<Figures>
  /** What holds the database, and how large it is. */
  extent(): Promise<Extent>
  /** All installs, also the centre's own, with an id above `after`, by id, at most `limit`. */
  installsAfter(after: InstallId | '', limit: number): Promise<InstallRow[]>
  /** Numbers of an install's pages above `after`, each once, at most `limit`. */
  pageNumbers(install: InstallId, after: number, limit: number): Promise<number[]>
  /** How many entries a logbook has with `seq` up to this. */
  countEntries(logbook: LogbookId, upTo: number): Promise<number>
  /** Newest first. */
  bulkReads(community: PlaceId, limit: number): Promise<BulkRead[]>
}

export interface PeopleReads {
  install(id: InstallId): Promise<InstallRow | null>
  /** Those of them that there are; within a transaction each is held until its end. */
  installs(ids: readonly InstallId[]): Promise<InstallRow[]>
  /** All installs of a community, oldest first; never the centre's own. */
  installsIn(community: PlaceId): Promise<InstallRow[]>
  installsOf(member: MemberId): Promise<InstallRow[]>
  /** How many installs of phones there are, whatever their status. */
  countInstalls(): Promise<number>
  invitation(id: string): Promise<InvitationRow | null>
  invitationByHash(tokenHash: string): Promise<InvitationRow | null>
  /** Invitations of a community that are neither used nor expired at `now`, oldest first. */
  openInvitations(community: PlaceId, now: number): Promise<InvitationRow[]>
}

export interface LogReads {
  logbook(id: LogbookId): Promise<LogbookRow | null>
  logbooks(ids: readonly LogbookId[]): Promise<LogbookRow[]>
  /** Logbooks whose path has one of the places, ordered by id. */
  logbooksUnder(places: readonly PlaceId[]): Promise<LogbookRow[]>
  /** Places of level community that have logbooks. */
  communities(): Promise<PlaceId[]>

  pages(install: InstallId, numbers: readonly number[]): Promise<PageRow[]>
  /** Pages of several installs. */
  pagesAt(places: readonly Pick<PageRow, 'install' | 'page'>[]): Promise<PageRow[]>
  /** All pages of an install, by number, then arrival. */
  pagesOf(install: InstallId): Promise<PageRow[]>
  /** Entries of these ids in these logbooks. An id is unique within its logbook ([PU8]). */
  entriesById(logbooks: readonly LogbookId[], ids: readonly EntryId[]): Promise<EntryRow[]>
  /** Entries of an install in the order of its counter (the whole of what it sent and was stored). */
  entriesOf(install: InstallId): Promise<EntryRow[]>
  /** Entries in order of arrival with `seq` above `after`, at most `limit`. */
  entries(query: EntriesQuery): Promise<EntryRow[]>
  /** Facts as they go into a pull; see `FactsQuery`. */
  facts(query: FactsQuery): Promise<FactPart[]>
  /** The smallest order number that arrived at or after `received`; head + 1 where none did. */
  seqSince(logbook: LogbookId, received: number): Promise<number>

  record(key: RecordKey): Promise<RecordRow | null>
  records(logbook: LogbookId, kind: string, ids?: readonly RecordId[]): Promise<RecordRow[]>
  /** Documents as they go into a pull, in order of their last change. */
  docs(query: RowsQuery): Promise<DocPart[]>
  corrections(logbook: LogbookId, targets: readonly EntryId[]): Promise<CorrectionRow[]>
  /** Counts of hours that start in [from, to). */
  tallies(logbook: LogbookId, from: number, to: number): Promise<TallyRow[]>

  quarantined(id: number): Promise<QuarantineRow | null>
  /** Of a community, newest first; `status` absent: all. Of lines longer than `atMost` bytes only a beginning is read. */
  quarantineIn(
    community: PlaceId,
    limit: number,
    status?: QuarantineStatus,
    atMost?: number,
  ): Promise<QuarantineRow[]>
  /** Everything of an install that was put aside, by counter, then arrival. */
  quarantineOf(install: InstallId): Promise<QuarantineRow[]>
  /** What is open of an install's page of this number, by counter, then arrival. Lines, which may be long, are not read. */
  openOf(install: InstallId, page: number): Promise<OpenAside[]>
  /** Open and held with an id above `after`, oldest first, at most `limit`; `logbook` absent: all. */
  held(after: number, limit: number, logbook?: LogbookId): Promise<QuarantineRow[]>
}

/** Rows of a logbook: `after` < seq ≤ `upTo`, of these kinds, at most `limit`, in order of seq. */
export interface RowsQuery {
  logbook: LogbookId
  after: number
  upTo: number
  limit: number
  kinds: readonly string[]
}

export interface FactsQuery extends RowsQuery {
  /** An install whose facts are left out, but for those of the kinds in `unless`. */
  without?: { install: InstallId; unless: readonly string[] }
  /** Facts of a kind that arrived before this are left out, ms. */
  receivedFrom?: Readonly<Record<string, number>>
}

export interface EntriesQuery {
  logbook: LogbookId
  after: number
  limit: number
  kinds?: readonly string[]
  /** Corrected time in [atFrom, atTo), ms. */
  atFrom?: number
  atTo?: number
}

/** What a pull needs of a fact. Erased ones are left out. */
export interface FactPart {
  seq: number
  kind: string
  at: number
  flags: string | null
  line: string
  mask: string | null
}

/** What a pull needs of a document; `body`, `masked` and `lost` are JSON texts. */
export interface DocPart {
  seq: number
  kind: string
  id: RecordId
  at: number
  body: string
  /** Null: the masked view shows the same. */
  masked: string | null
  /** Null: nothing was lost. */
  lost: string | null
}

export interface Writes {
  setMeta(key: string, value: string): Promise<void>

  /**
   * Locks these logbooks until the end of the transaction and reads them. Those that don't exist are left out.
   * Whoever gives out order numbers has locked the logbook first ([PL2]).
   */
  lock(ids: readonly LogbookId[]): Promise<LogbookRow[]>
  /** Makes a logbook or changes its path; the head of an existing one stays. */
  putLogbook(row: Omit<LogbookRow, 'head'>): Promise<void>
  raiseHead(logbook: LogbookId, head: number): Promise<void>

  insertPages(rows: readonly PageRow[]): Promise<void>
  insertEntries(rows: readonly EntryRow[]): Promise<void>
  /** `maskedBody` is null where the masked view shows the same. */
  putRecord(row: RecordRow, maskedBody: Record<string, unknown> | null): Promise<void>
  /** Adds corrections, or replaces the bodies of known ones. */
  putCorrections(rows: readonly CorrectionRow[]): Promise<void>
  deleteCorrections(logbook: LogbookId, entries: readonly EntryId[]): Promise<void>
  /** Adds `n` of each row to what is there. Rows that come to 0 vanish. */
  addTallies(rows: readonly TallyRow[]): Promise<void>
  quarantine(rows: readonly QuarantineDraft[]): Promise<void>
  settleQuarantine(id: number, status: QuarantineStatus, code?: QuarantineDraft['code']): Promise<void>
  /** Empties the lines of these and decides against them. */
  forgetQuarantined(ids: readonly number[]): Promise<void>
  /** Empties the lines of what was decided and arrived before this, ms. */
  forgetSettledQuarantine(before: number): Promise<void>
  /** Replaces lines by their digests, or by shorter lines (single fields erased). */
  erase(rows: readonly Erasure[]): Promise<void>

  noteBulkRead(row: BulkRead): Promise<void>
  forgetBulkReads(before: number): Promise<void>

  insertInstall(row: InstallRow): Promise<void>
  updateInstall(id: InstallId, changes: InstallChanges): Promise<void>
  /** Phones that were heard from with pages; each install once. */
  noteHeard(rows: readonly Heard[]): Promise<void>
  insertInvitation(row: InvitationRow): Promise<void>
  updateInvitation(id: string, changes: InvitationChanges): Promise<void>
  deleteInvitation(id: string): Promise<void>
}

/** What a push says of its phone; null: nothing. */
export interface Heard extends Pick<InstallRow, 'lastHeard' | 'unsent' | 'app'> {
  install: InstallId
  /** Entries that came for the first time. */
  fresh: number
}

export type InstallChanges = Partial<
  Pick<InstallRow, 'lastHeard' | 'unsent' | 'app' | 'status' | 'renewedTo' | 'device'>
>
export type InvitationChanges = Partial<
  Pick<InvitationRow, 'usedAt' | 'thumbprint' | 'install' | 'member' | 'community'>
>

export interface Erasure {
  logbook: LogbookId
  seq: number
  /** SHA-256 of the line as it came. */
  digest: string
  /** What is left of it; null = nothing. */
  line: string | null
  mask: string | null
}
