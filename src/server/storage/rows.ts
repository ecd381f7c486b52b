import type { EntryId, InstallId, LogbookId, MemberId, PlaceId, PostId, RecordId } from '../../domain/ids.ts'
import type { Purpose } from '../../domain/logbooks.ts'
import type { LostValue } from '../../domain/entry.ts'
import type { Grant } from '../../domain/members.ts'
import type { PublicJwk } from '../../protocol/api.ts'
import type { QuarantineCode } from '../../protocol/problems.ts'
import type { PageReceipt } from '../../protocol/receipt.ts'

/** What storage holds, as plain values. Times are milliseconds since 1970. */

export interface LogbookRow {
  id: LogbookId
  purpose: Purpose
  place: PlaceId
  /** The place and all above it, narrowest first. */
  path: readonly PlaceId[]
  /** The last order number given out; 0 = nothing yet. */
  head: number
}

export type InstallStatus = 'active' | 'revoked' | 'renewed'

export interface InstallRow {
  id: InstallId
  member: MemberId
  /** Empty for the centre's own install, which belongs to all communities. */
  community: PlaceId | ''
  key: PublicJwk
  device: string
  enrolled: number
  lastHeard: number | null
  /** Entries that the phone said it held unsent when last heard from, without those that came with these words. */
  unsent: number | null
  /** Entries of this install that the centre has: stored, held or put aside, each page counted once. */
  received: number
  app: string | null
  status: InstallStatus
  renewedTo: InstallId | null
  /** True for the install that the centre itself writes with. */
  centre: boolean
}

export interface InvitationRow {
  id: string
  /** SHA-256 of the token, base64url. The token itself is never stored. */
  tokenHash: string
  setup: boolean
  /** Who it is for; null: a new member is made when it is used. */
  member: MemberId | null
  name: string | null
  grants: readonly Grant[]
  /** Empty for a set-up invitation: the community is made when it is used. */
  community: PlaceId | ''
  createdBy: MemberId | ''
  created: number
  expires: number
  usedAt: number | null
  /** JWK thumbprint of the first key that came, and its install. */
  thumbprint: string | null
  install: InstallId | null
}

/** What was said about a page the first time, to be said again ([PU3]). */
export interface PageOutcome {
  status: PageReceipt['status']
  entries: PageReceipt['entries']
  /** Logbooks that its entries went to. */
  logbooks: readonly LogbookId[]
  /** Order number of the first entry that was stored in each; absent in pages from before this was noted. */
  from?: Readonly<Record<LogbookId, number>> | undefined
}

export interface PageRow {
  install: InstallId
  page: number
  hash: string
  prev: string
  first: number
  count: number
  headerLine: string
  signature: string
  received: number
  outcome: PageOutcome
  /** What is left of every line when it is erased, see `sync/digests.ts`; null in pages from before this was kept. */
  digests: string | null
}

export interface EntryRow {
  logbook: LogbookId
  seq: number
  id: EntryId
  install: InstallId
  /** The install's counter. */
  n: number
  page: number
  kind: string
  /** Documents only. */
  record: RecordId | null
  post: PostId | null
  /** Corrected time. */
  at: number
  received: number
  /** JSON array text, or null for none. */
  flags: string | null
  /** The entry's text as it was sealed. Null: erased, its `digest` is left. */
  line: string | null
  /** How the masked view differs from `line`, see `sync/masking.ts`; null = not at all. */
  mask: string | null
  /** SHA-256 of the line, base64url; kept once the line was erased. */
  digest: string | null
}

/** Who changed a field last, and with which entry. */
export interface FieldMark {
  seq: number
  by: MemberId
  entry: EntryId
}

export interface RecordKey {
  logbook: LogbookId
  kind: string
  id: RecordId
}

export interface RecordRow extends RecordKey {
  /** Order number of the last patch. */
  seq: number
  /** Corrected time of the last patch. */
  at: number
  body: Record<string, unknown>
  fields: Readonly<Record<string, FieldMark>>
  lost: readonly LostValue[]
}

export interface CorrectionRow {
  logbook: LogbookId
  target: EntryId
  entry: EntryId
  seq: number
  /** The correction's body. */
  body: { retract?: boolean | undefined; patch?: Record<string, unknown> | undefined }
}

export interface TallyRow {
  logbook: LogbookId
  /** The post; '' where a kind counts without one. */
  post: PostId | ''
  /** Start of the hour, ms. */
  hour: number
  metric: string
  n: number
}

export type QuarantineStatus = 'open' | 'accepted' | 'dismissed'

export interface QuarantineDraft {
  install: InstallId
  member: MemberId
  community: PlaceId | ''
  n: number
  page: number
  code: QuarantineCode
  /** True: tried again when the logbook appears and at start ([PU7]). */
  held: boolean
  /** The logbook that it names, '' where that can't be read. */
  logbook: LogbookId | ''
  line: string
  received: number
  /** Centre time minus device time when the page arrived, ms; null = unknown. */
  arrivalOff: number | null
}

export interface QuarantineRow extends QuarantineDraft {
  id: number
  status: QuarantineStatus
}

/** What stands open of a page, without its line. */
export interface OpenAside extends Pick<QuarantineRow, 'id' | 'n' | 'code' | 'held'> {
  /** Of its line in UTF-8. */
  bytes: number
}

/** Somebody read much at once: who, when, which logbook and how many rows, never what stood in them. */
export interface BulkRead {
  at: number
  community: PlaceId
  /** Empty: it was done on the server's own machine. */
  install: InstallId | ''
  member: MemberId | ''
  act: BulkAct
  logbook: LogbookId | ''
  rows: number
}

export const bulkActs = ['first-pull', 'long-pull', 'export', 'person-export', 'person-erase'] as const
export type BulkAct = (typeof bulkActs)[number]

export interface Extent {
  kind: 'sqlite' | 'postgres'
  /** Of the whole database, also of other communities. */
  bytes: number
}

/** Sums for whoever watches. */
export interface Figures {
  /** Phones that are neither shut out nor renewed. */
  phones: number
  /** Entries that they said they hold unsent when last heard from. */
  unsent: number
  /** When that one of those with unsent entries was last heard that has been silent longest, ms; null: none has any. */
  unsentSince: number | null
  /** Entries that the centre has from phones, whatever became of them. */
  received: number
  /** Put aside and not decided yet; `held` of them wait for something to come. */
  aside: number
  held: number
}
