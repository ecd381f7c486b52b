import { purposes } from '../../domain/logbooks.ts'
import { quarantineCodes } from '../../protocol/problems.ts'
import { bulkActs } from './rows.ts'
import type {
  BulkRead,
  CorrectionRow,
  EntryRow,
  Figures,
  InstallRow,
  InvitationRow,
  LogbookRow,
  OpenAside,
  PageRow,
  QuarantineRow,
  QuarantineStatus,
  RecordRow,
  TallyRow,
} from './rows.ts'
import type { DocPart, FactPart } from './storage.ts'
import {
  fromInstall,
  fromInvitation,
  readBody,
  readCorrection,
  readFields,
  readLost,
  readOneOf,
  readOutcome,
  readStrings,
} from './text.ts'

/** What a driver answers, as rows. Columns have the names of the tables. */
export type Raw = Readonly<Record<string, string | number | bigint | Uint8Array | null>>
type Value = Raw[string] | undefined

const unexpected = (value: Value): never => {
  throw new Error(`unexpected value in the database: ${typeof value}`)
}
const text = (value: Value): string => (typeof value === 'string' ? value : unexpected(value))
const number = (value: Value): number => (typeof value === 'number' ? value : unexpected(value))
const textOrNull = (value: Value): string | null => (value === null ? null : text(value))
const numberOrNull = (value: Value): number | null => (value === null ? null : number(value))

export const logbookFrom = (row: Raw): LogbookRow => ({
  id: text(row['id']),
  purpose: readOneOf(purposes, text(row['purpose'])),
  place: text(row['place']),
  path: readStrings(text(row['path'])),
  head: number(row['head']),
})

/** Asked with every call, so it is read here rather than through kysely. */
export const installFrom = (row: Raw): InstallRow =>
  fromInstall({
    id: text(row['id']),
    member: text(row['member']),
    community: text(row['community']),
    key: text(row['key']),
    device: text(row['device']),
    enrolled: number(row['enrolled']),
    lastHeard: numberOrNull(row['last_heard'] ?? null),
    unsent: numberOrNull(row['unsent'] ?? null),
    received: number(row['received']),
    app: textOrNull(row['app'] ?? null),
    status: text(row['status']),
    renewedTo: textOrNull(row['renewed_to'] ?? null),
    centre: number(row['centre']),
  })

export const invitationFrom = (row: Raw): InvitationRow =>
  fromInvitation({
    id: text(row['id']),
    tokenHash: text(row['token_hash']),
    setup: number(row['setup']),
    member: textOrNull(row['member'] ?? null),
    name: textOrNull(row['name'] ?? null),
    grants: text(row['grants']),
    community: text(row['community']),
    createdBy: text(row['created_by']),
    created: number(row['created']),
    expires: number(row['expires']),
    usedAt: numberOrNull(row['used_at'] ?? null),
    thumbprint: textOrNull(row['thumbprint'] ?? null),
    install: textOrNull(row['install'] ?? null),
  })

export const pageFrom = (row: Raw): PageRow => ({
  install: text(row['install']),
  page: number(row['page']),
  hash: text(row['hash']),
  prev: text(row['prev']),
  first: number(row['first']),
  count: number(row['count']),
  headerLine: text(row['header_line']),
  signature: text(row['signature']),
  received: number(row['received']),
  outcome: readOutcome(text(row['outcome'])),
  digests: textOrNull(row['digests'] ?? null),
})

export const entryFrom = (row: Raw): EntryRow => ({
  logbook: text(row['logbook']),
  seq: number(row['seq']),
  id: text(row['id']),
  install: text(row['install']),
  n: number(row['n']),
  page: number(row['page']),
  kind: text(row['kind']),
  record: textOrNull(row['record'] ?? null),
  post: textOrNull(row['post'] ?? null),
  at: number(row['at']),
  received: number(row['received']),
  flags: textOrNull(row['flags'] ?? null),
  line: textOrNull(row['line'] ?? null),
  mask: textOrNull(row['mask'] ?? null),
  digest: textOrNull(row['digest'] ?? null),
})

export const factFrom = (row: Raw): FactPart => ({
  seq: number(row['seq']),
  kind: text(row['kind']),
  at: number(row['at']),
  flags: textOrNull(row['flags'] ?? null),
  line: text(row['line']),
  mask: textOrNull(row['mask'] ?? null),
})

export const docFrom = (row: Raw): DocPart => ({
  seq: number(row['seq']),
  kind: text(row['kind']),
  id: text(row['id']),
  at: number(row['at']),
  body: text(row['body']),
  masked: textOrNull(row['masked'] ?? null),
  lost: textOrNull(row['lost'] ?? null),
})

export const recordFrom = (row: Raw): RecordRow => ({
  logbook: text(row['logbook']),
  kind: text(row['kind']),
  id: text(row['id']),
  seq: number(row['seq']),
  at: number(row['at']),
  body: readBody(text(row['body'])),
  fields: readFields(text(row['fields'])),
  lost: readLost(textOrNull(row['lost'] ?? null) ?? '[]'),
})

export const correctionFrom = (row: Raw): CorrectionRow => ({
  logbook: text(row['logbook']),
  target: text(row['target']),
  entry: text(row['entry']),
  seq: number(row['seq']),
  body: readCorrection(text(row['body'])),
})

export const tallyFrom = (row: Raw): TallyRow => ({
  logbook: text(row['logbook']),
  post: text(row['post']),
  hour: number(row['hour']),
  metric: text(row['metric']),
  n: number(row['n']),
})

const quarantineStatuses: readonly QuarantineStatus[] = ['open', 'accepted', 'dismissed']

export const quarantineFrom = (row: Raw): QuarantineRow => ({
  id: number(row['id']),
  install: text(row['install']),
  member: text(row['member']),
  community: text(row['community']),
  n: number(row['n']),
  page: number(row['page']),
  code: readOneOf(quarantineCodes, text(row['code'])),
  held: number(row['held']) === 1,
  logbook: text(row['logbook']),
  line: text(row['line']),
  received: number(row['received']),
  arrivalOff: numberOrNull(row['arrival_off'] ?? null),
  status: readOneOf(quarantineStatuses, text(row['status'])),
})

export const openAsideFrom = (row: Raw): OpenAside => ({
  id: number(row['id']),
  n: number(row['n']),
  code: readOneOf(quarantineCodes, text(row['code'])),
  held: number(row['held']) === 1,
  bytes: number(row['bytes']),
})

export const bulkReadFrom = (row: Raw): BulkRead => ({
  at: number(row['at']),
  community: text(row['community']),
  install: text(row['install']),
  member: text(row['member']),
  act: readOneOf(bulkActs, text(row['act'])),
  logbook: text(row['logbook']),
  rows: number(row['rows']),
})

/** Sums over no rows are null. */
export const figuresFrom = (phones: Raw, aside: Raw): Figures => ({
  phones: number(phones['phones']),
  unsent: numberOrNull(phones['unsent'] ?? null) ?? 0,
  unsentSince: numberOrNull(phones['since'] ?? null),
  received: numberOrNull(phones['received'] ?? null) ?? 0,
  aside: number(aside['aside']),
  held: numberOrNull(aside['held'] ?? null) ?? 0,
})
