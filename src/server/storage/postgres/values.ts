import type { InvitationRow } from '../rows.ts'
import { fromInvitation } from '../text.ts'
import type { Raw } from './connection.ts'

const text = (value: Raw[string] | undefined): string => String(value)
const textOrNull = (value: Raw[string] | undefined): string | null => (value === null ? null : text(value))

/** The other rows look as they do in SQLite, and are read by the same functions. */
export const invitationFrom = (row: Raw): InvitationRow =>
  fromInvitation({
    id: text(row['id']),
    tokenHash: text(row['token_hash']),
    setup: Number(row['setup']),
    member: textOrNull(row['member']),
    name: textOrNull(row['name']),
    grants: text(row['grants']),
    community: text(row['community']),
    createdBy: text(row['created_by']),
    created: Number(row['created']),
    expires: Number(row['expires']),
    usedAt: row['used_at'] === null ? null : Number(row['used_at']),
    thumbprint: textOrNull(row['thumbprint']),
    install: textOrNull(row['install']),
  })
