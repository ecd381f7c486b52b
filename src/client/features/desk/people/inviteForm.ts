import type { PlaceId } from '../../../../domain/ids.ts'
import type { Role } from '../../../../domain/members.ts'
import type { InviteRequest } from '../../../sync/calls.ts'

/** Roles that a coordinator may hand out. */
export const givenRoles = [
  'volunteer',
  'guard',
  'gridWorker',
  'coordinator',
  'supervisor',
] as const satisfies readonly Role[]
export type GivenRole = (typeof givenRoles)[number]

/** How long an invitation holds, minutes: a code that is shown, or a link that is sent. */
export const spans = ['10', '1440', '10080'] as const
export type Span = (typeof spans)[number]

export interface InviteFields {
  role: GivenRole
  place: PlaceId
  name: string
  span: Span
}

export const inviteRequest = (fields: InviteFields, member: string | null): InviteRequest => ({
  ...(member ? { member } : {}),
  ...(fields.name.trim() ? { name: fields.name.trim() } : {}),
  grants: [{ role: fields.role, place: fields.place }],
  minutes: Number(fields.span),
})

/**
 * Is this a name that every device takes for itself (RFC 6761, RFC 5735, RFC 4291)? A phone that opens a link to it
 * looks for Gatepost on itself. `hostname` as a URL has it.
 */
export const isLoopback = (hostname: string): boolean =>
  hostname === '[::1]' || /(^|\.)localhost\.?$|^127(\.\d+){3}$/.test(hostname)

/** The link that enrols a phone. The secret stands in the fragment, which never reaches a server's log. */
export const invitationLink = (origin: string, token: string): string => `${origin}/join#${token}`
