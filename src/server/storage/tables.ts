import type { Generated } from 'kysely'

/** The tables as every driver has them, columns in camel case. Booleans are 0 and 1, lists and objects JSON text. */
export interface Tables {
  meta: { key: string; value: string }
  logbooks: { id: string; purpose: string; place: string; path: string; head: number }
  /** Which logbooks lie under a place; a reference table that `logbooks.path` is the source of. */
  logbookPlaces: { place: string; logbook: string }
  installs: InstallsTable
  invitations: InvitationsTable
  pages: PagesTable
  entries: EntriesTable
  records: RecordsTable
  corrections: { logbook: string; target: string; entry: string; seq: number; body: string }
  tallies: { logbook: string; post: string; hour: number; metric: string; n: number }
  quarantine: QuarantineTable
}

export interface InstallsTable {
  id: string
  member: string
  community: string
  key: string
  device: string
  enrolled: number
  lastHeard: number | null
  unsent: number | null
  received: number
  app: string | null
  status: string
  renewedTo: string | null
  centre: number
}

export interface InvitationsTable {
  id: string
  tokenHash: string
  setup: number
  member: string | null
  name: string | null
  grants: string
  community: string
  createdBy: string
  created: number
  expires: number
  usedAt: number | null
  thumbprint: string | null
  install: string | null
}

export interface PagesTable {
  install: string
  page: number
  hash: string
  prev: string
  first: number
  count: number
  headerLine: string
  signature: string
  received: number
  outcome: string
  digests: string | null
}

export interface EntriesTable {
  logbook: string
  seq: number
  id: string
  install: string
  n: number
  page: number
  kind: string
  record: string | null
  post: string | null
  at: number
  received: number
  flags: string | null
  line: string | null
  mask: string | null
  digest: string | null
}

export interface RecordsTable {
  logbook: string
  kind: string
  id: string
  seq: number
  at: number
  body: string
  masked: string | null
  fields: string
  lost: string | null
}

export interface QuarantineTable {
  id: Generated<number>
  install: string
  member: string
  community: string
  n: number
  page: number
  code: string
  held: number
  logbook: string
  line: string
  received: number
  arrivalOff: number | null
  status: string
}
