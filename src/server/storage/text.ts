import * as v from 'valibot'
import { Grant } from '../../domain/members.ts'
import { PublicJwk } from '../../protocol/api.ts'
import { PageReceipt } from '../../protocol/receipt.ts'
import type { InstallRow, InstallStatus, InvitationRow } from './rows.ts'
import type { InstallsTable, InvitationsTable } from './tables.ts'

/** Between rows of the tables and values. What stands as JSON text is checked when it is read. */

/** What stands beside a line that was put aside. */
export const putAsideColumns =
  'id, install, member, community, n, page, code, held, logbook, received, arrival_off, status'

const Grants = v.array(Grant)
const Strings = v.array(v.string())
const Body = v.record(v.string(), v.unknown())
const Fields = v.record(v.string(), v.object({ seq: v.number(), by: v.string(), entry: v.string() }))
const Lost = v.array(
  v.object({ field: v.string(), value: v.unknown(), by: v.string(), entry: v.string(), at: v.number() }),
)
const Outcome = v.object({
  ...v.omit(PageReceipt, ['page', 'hash']).entries,
  logbooks: Strings,
  from: v.optional(v.record(v.string(), v.number())),
})
const CorrectionBody = v.object({ retract: v.optional(v.boolean()), patch: v.optional(Body) })

const reader =
  <T>(schema: v.GenericSchema<unknown, T>) =>
  (text: string): T =>
    v.parse(schema, JSON.parse(text))

export const readBody = reader(Body)
export const readFields = reader(Fields)
export const readLost = reader(Lost)
export const readOutcome = reader(Outcome)
export const readCorrection = reader(CorrectionBody)

export const readStrings = reader(Strings)

const statuses: readonly InstallStatus[] = ['active', 'revoked', 'renewed']

export function readOneOf<T extends string>(known: readonly T[], text: string): T {
  const found = known.find((one) => one === text)
  if (found === undefined) throw new Error(`unexpected value in the database: ${text}`)
  return found
}

export const toInstall = (row: InstallRow): InstallsTable => ({
  ...row,
  key: JSON.stringify(row.key),
  centre: row.centre ? 1 : 0,
})

export const fromInstall = (row: InstallsTable): InstallRow => ({
  ...row,
  key: v.parse(PublicJwk, JSON.parse(row.key)),
  status: readOneOf(statuses, row.status),
  centre: row.centre === 1,
})

export const toInvitation = (row: InvitationRow): InvitationsTable => ({
  ...row,
  setup: row.setup ? 1 : 0,
  grants: JSON.stringify(row.grants),
})

export const fromInvitation = (row: InvitationsTable): InvitationRow => ({
  ...row,
  setup: row.setup === 1,
  grants: v.parse(Grants, JSON.parse(row.grants)),
})
