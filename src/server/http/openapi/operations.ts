import * as v from 'valibot'
import * as api from '../../../protocol/api.ts'
import { Receipt } from '../../../protocol/receipt.ts'
import type { ProblemCode } from '../../../protocol/problems.ts'
import type { Method } from '../endpoint.ts'
import { ExportQuery, PullQuery, ScopeQuery } from '../queries.ts'

type Schema = v.GenericSchema

/** What a call takes and gives, for the document; the routes themselves check by the same schemas. */
export interface Operation {
  method: Method
  /** With `{id}` for a part of it. */
  path: string
  summary: string
  /** It carries an install's token ([AU1]). */
  token?: true
  query?: v.ObjectSchema<v.ObjectEntries, undefined>
  /** `pages`: text of sealed pages ([PG1]), gzipped or not; `carried`: what another phone brought, still sealed. */
  body?: Schema | 'pages' | 'carried'
  /** A schema, a media type, or null for 204. */
  answer: Schema | string | null
  problems?: readonly ProblemCode[]
}

const json = 'application/json'
const text = 'text/plain'
const ofInvitation = ['invitation-unknown', 'invitation-used', 'invitation-expired', 'too-many'] as const
const withId = (path: string): string => `${path}/{id}`

const open: readonly Operation[] = [
  { method: 'GET', path: api.paths.health, summary: 'The server and its database answer', answer: json },
  { method: 'GET', path: api.paths.ready, summary: 'Calls may be sent here (503: not now)', answer: json },
  {
    ...{
      method: 'GET',
      path: api.paths.metrics,
      summary: 'Figures for Prometheus, for this machine or by a token of its own',
    },
    ...{ answer: text, problems: ['not-found'] },
  },
  { method: 'GET', path: api.paths.openapi, summary: 'This document', answer: json },
  {
    ...{
      method: 'POST',
      path: api.paths.push,
      summary: 'Sealed pages of one install ([PU1])',
      body: 'pages',
      answer: Receipt,
    },
    problems: ['page-unreadable', 'signature-invalid', 'install-unknown', 'version-unsupported'],
  },
  {
    ...{ method: 'POST', path: api.paths.carry, summary: 'What another phone brought, still sealed ([RL3])' },
    ...{ body: 'carried', answer: text, problems: ['parcel-unreadable', 'page-unreadable'] },
  },
  {
    ...{
      method: 'POST',
      path: api.paths.preview,
      summary: 'What an invitation is for ([EN3])',
      body: api.PreviewRequest,
    },
    ...{ answer: api.Preview, problems: ofInvitation },
  },
  {
    ...{
      method: 'POST',
      path: api.paths.enrol,
      summary: 'A phone comes in by an invitation ([EN2])',
      body: api.EnrolRequest,
    },
    ...{ answer: api.Enrolled, problems: ofInvitation },
  },
]

const phones: readonly Operation[] = [
  {
    ...{
      method: 'POST',
      path: api.paths.renew,
      summary: 'A forked phone takes a new identity ([FO2])',
      body: api.RenewRequest,
    },
    ...{ answer: api.Enrolled, problems: ['too-many'] },
  },
  {
    ...{
      method: 'GET',
      path: api.paths.pull,
      summary: 'What came to a logbook after a cursor ([PL1])',
      query: PullQuery,
    },
    ...{ answer: text, problems: ['cursor-unreadable', 'cursor-stale'] },
  },
  {
    method: 'GET',
    path: api.paths.scope,
    summary: 'The logbooks that the install holds ([SC1]), with what came to them ([SC4])',
    query: ScopeQuery,
    answer: api.Scope,
  },
  {
    method: 'GET',
    path: api.paths.events,
    summary: 'Pokes, as they happen ([EV1])',
    answer: 'text/event-stream',
  },
  { method: 'POST', path: api.paths.leave, summary: 'The phone signs itself out ([AU4])', answer: null },
]

const desk: readonly Operation[] = [
  {
    method: 'POST',
    path: api.paths.invitations,
    summary: 'Invites somebody',
    body: api.InviteRequest,
    answer: api.Invited,
  },
  {
    method: 'DELETE',
    path: withId(api.paths.invitations),
    summary: 'Takes an unused invitation back',
    answer: null,
  },
  {
    method: 'GET',
    path: api.paths.installs,
    summary: 'Phones, and invitations that wait',
    answer: api.InstallList,
  },
  { method: 'DELETE', path: withId(api.paths.installs), summary: 'Shuts a phone out ([AU3])', answer: null },
  {
    method: 'GET',
    path: api.paths.quarantine,
    summary: 'What was put aside ([PU6])',
    answer: api.QuarantineList,
  },
  {
    ...{
      method: 'POST',
      path: withId(api.paths.quarantine),
      summary: 'Decides about it',
      body: api.ReviewRequest,
    },
    answer: null,
  },
  {
    method: 'GET',
    path: api.paths.export,
    summary: 'A gate’s log as a file',
    query: ExportQuery,
    answer: 'text/csv',
  },
  {
    method: 'POST',
    path: api.paths.cards,
    summary: 'Volunteer cards to print, signed by the centre',
    body: api.CardRequest,
    answer: api.IssuedCards,
  },
  { method: 'GET', path: api.paths.status, summary: 'How the centre is', answer: api.Status },
  { method: 'GET', path: api.paths.bulkReads, summary: 'Who read in bulk', answer: api.BulkReadList },
]

const withToken = (one: Operation): Operation => ({ ...one, token: true })

/** Every call of the server, in the order of the document. */
export const operations: readonly Operation[] = [...open, ...phones.map(withToken), ...desk.map(withToken)]
