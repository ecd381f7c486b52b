import * as v from 'valibot'
import { Grant } from '../domain/members.ts'
import { purposes } from '../domain/logbooks.ts'

/** Bodies of the calls that are not push and pull. Paths stand in SPEC.md and in `paths` below. */
const uuid = v.pipe(v.string(), v.uuid())
const text = (max: number) => v.pipe(v.string(), v.maxLength(max))
const token = v.pipe(v.string(), v.regex(/^[A-Za-z0-9_-]{22,64}$/))

/**
 * `GET` health, ready, metrics (not for phones), pull, scope, events, installs, quarantine, export, status, reads; `POST` push, carry, preview, enrol, renew (signed for
 * with the old key's token), invitations. `DELETE installs/<id>` revokes, `DELETE invitations/<id>` withdraws, both
 * answered by 204; `POST installs/self/leave` revokes the install that asks, 204; `POST quarantine/<id>` with a ReviewRequest decides, answered by 204.
 */
export const paths = {
  health: '/healthz',
  ready: '/readyz',
  metrics: '/metrics',
  push: '/api/v1/push',
  carry: '/api/v1/carry',
  pull: '/api/v1/pull',
  scope: '/api/v1/scope',
  events: '/api/v1/events',
  preview: '/api/v1/invitations/preview',
  enrol: '/api/v1/enrol',
  renew: '/api/v1/enrol/renew',
  invitations: '/api/v1/invitations',
  installs: '/api/v1/installs',
  leave: '/api/v1/installs/self/leave',
  quarantine: '/api/v1/quarantine',
  export: '/api/v1/export',
  cards: '/api/v1/cards',
  status: '/api/v1/status',
  bulkReads: '/api/v1/reads',
  openapi: '/api/openapi.json',
} as const

/** Request and answer headers. */
export const headers = {
  /** Request: device time when sent, ms. */
  sent: 'gatepost-sent',
  /** Request: entries that the phone holds unsent. */
  unsent: 'gatepost-unsent',
  /** Request: version of the app. */
  app: 'gatepost-app',
  /** Answer: the centre's time, ms. On every answer. */
  time: 'gatepost-time',
  /** Answer to a push: ES256 over the body's bytes, base64url. */
  signature: 'gatepost-signature',
} as const

export const PublicJwk = v.object({ kty: v.literal('EC'), crv: v.literal('P-256'), x: text(64), y: text(64) })
export type PublicJwk = v.InferOutput<typeof PublicJwk>

/** The key that parcels are sealed to ([RL1]); `kid` is its thumbprint (RFC 7638). */
export const SealKey = v.object({ ...PublicJwk.entries, kid: text(64) })
export type SealKey = v.InferOutput<typeof SealKey>

export const PreviewRequest = v.object({ token })
export const Preview = v.looseObject({
  setup: v.boolean(),
  community: text(80),
  grants: v.array(Grant),
  name: v.optional(text(80)),
  expires: v.number(),
})
export type Preview = v.InferOutput<typeof Preview>

export const EnrolRequest = v.object({
  token,
  install: uuid,
  key: PublicJwk,
  /** How the person wants to be called. */
  name: v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(80)),
  /** What the coordinator sees in the list of phones: browser and system, never more. */
  device: text(80),
})
export type EnrolRequest = v.InferOutput<typeof EnrolRequest>

/** Also the answer to renew. The same request again (a lost answer) gets the same answer. */
export const Enrolled = v.looseObject({
  install: uuid,
  member: uuid,
  community: uuid,
  epoch: text(64),
  /** The key that signs receipts. */
  serverKey: PublicJwk,
  sealKey: v.optional(SealKey),
  time: v.number(),
})
export type Enrolled = v.InferOutput<typeof Enrolled>

export const RenewRequest = v.object({ install: uuid, key: PublicJwk })
export type RenewRequest = v.InferOutput<typeof RenewRequest>

/** How many cursors may be named with the question for the scope, and rows that come with the answer ([SC4]). */
export const newsMaxCursors = 24
export const newsMaxRows = 500

export const ScopeLogbook = v.looseObject({
  id: text(60),
  purpose: v.picklist(purposes),
  place: uuid,
  head: v.number(),
  /** The roles by which it is seen. Other ones than before: what was pulled is pulled anew ([SC5]). */
  seenAs: v.optional(text(200)),
})
export const Scope = v.looseObject({
  v: v.number(),
  epoch: text(64),
  time: v.number(),
  member: uuid,
  community: uuid,
  name: text(80),
  grants: v.array(Grant),
  /** One's own: the list of members is not everybody's to read. */
  skills: v.optional(v.array(text(40))),
  logbooks: v.array(ScopeLogbook),
  /** Entries of this install that the centre has. A phone that lost its storage learns it here. */
  received: v.number(),
  sealKey: v.optional(SealKey),
  /** Answers to pulls with the cursors that were named with the question ([SC4]). */
  news: v.optional(v.array(v.string())),
  /** The smallest app version that is still spoken to. */
  minApp: v.optional(text(20)),
})
export type Scope = v.InferOutput<typeof Scope>

export const InviteRequest = v.object({
  /** Of an existing member; absent: a new one is made when the invitation is used. */
  member: v.optional(uuid),
  name: v.optional(text(80)),
  grants: v.pipe(v.array(Grant), v.minLength(1), v.maxLength(10)),
  minutes: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(7 * 24 * 60)),
})
export type InviteRequest = v.InferOutput<typeof InviteRequest>
export const Invited = v.looseObject({ id: uuid, token, expires: v.number() })
export type Invited = v.InferOutput<typeof Invited>

export const InstallInfo = v.looseObject({
  id: uuid,
  member: uuid,
  name: text(80),
  device: text(80),
  enrolled: v.number(),
  lastHeard: v.nullable(v.number()),
  unsent: v.nullable(v.number()),
  received: v.number(),
  app: v.nullable(text(40)),
  status: v.picklist(['active', 'revoked', 'renewed']),
  /** Its public key: a coordinator makes a device a post's station by it. */
  key: v.optional(PublicJwk),
})
export type InstallInfo = v.InferOutput<typeof InstallInfo>

/** Part of GET /installs, beside the installs: invitations that are neither used nor expired. */
export const InvitationInfo = v.looseObject({
  id: uuid,
  name: v.nullable(text(80)),
  grants: v.array(Grant),
  expires: v.number(),
})
export type InvitationInfo = v.InferOutput<typeof InvitationInfo>
export const InstallList = v.looseObject({
  installs: v.array(InstallInfo),
  invitations: v.array(InvitationInfo),
})
export type InstallList = v.InferOutput<typeof InstallList>

export const QuarantineItem = v.looseObject({
  id: v.number(),
  install: uuid,
  /** Name of the install's member. */
  name: text(80),
  n: v.number(),
  code: text(40),
  received: v.number(),
  /** The entry's line as it came; of a very long one its beginning. */
  line: text(300_000),
  status: v.picklist(['open', 'accepted', 'dismissed']),
})
export type QuarantineItem = v.InferOutput<typeof QuarantineItem>
export const QuarantineList = v.looseObject({ items: v.array(QuarantineItem) })
export type QuarantineList = v.InferOutput<typeof QuarantineList>
/** `accept`: judge it again now, as if the coordinator had vouched for its author's standing; `dismiss`: keep it aside, done. */
export const ReviewRequest = v.object({ decision: v.picklist(['accept', 'dismiss']) })
export type ReviewRequest = v.InferOutput<typeof ReviewRequest>

/** Somebody read much at once: lists of people or homes (for the first time, or much of them later), or an export. Never what stood in it. */
export const BulkReadItem = v.looseObject({
  at: v.number(),
  /** Empty, as the name and the install: an operator did it on the server's own machine. */
  member: text(36),
  name: text(80),
  install: text(36),
  act: v.picklist(['first-pull', 'long-pull', 'export', 'person-export', 'person-erase']),
  logbook: text(60),
  rows: v.number(),
})
export type BulkReadItem = v.InferOutput<typeof BulkReadItem>
export const BulkReadList = v.looseObject({ items: v.array(BulkReadItem) })
export type BulkReadList = v.InferOutput<typeof BulkReadList>

const figure = v.nullable(v.number())
/** How the centre is, for a coordinator. Of several servers it is the one that answers that speaks of itself. */
export const Status = v.looseObject({
  time: v.number(),
  community: v.looseObject({
    phones: v.number(),
    /** Entries that phones said they hold unsent, and when that phone of theirs was last heard that has been silent longest, ms. */
    unsent: v.number(),
    unsentSince: figure,
    received: v.number(),
    aside: v.number(),
    held: v.number(),
  }),
  server: v.looseObject({
    version: text(40),
    /** When it started, ms. */
    since: v.number(),
    /** Entries since then, and requests that carried them. */
    entries: v.number(),
    pushes: v.number(),
    /** Within so many ms half, 95 % and 99 % of them were answered; null before the first. */
    p50: figure,
    p95: figure,
    p99: figure,
    /** So old at most, ms, was the oldest entry of half, and of 95 %, of the pages when they came. */
    lag50: figure,
    lag95: figure,
    /** Phones that listen now. */
    streams: v.number(),
    /** Calls that were asked to come again later, since the start. */
    shed: v.number(),
    /** Memory in use, bytes. */
    rss: v.number(),
  }),
  storage: v.looseObject({
    kind: v.picklist(['sqlite', 'postgres']),
    /** Of the whole database, bytes. */
    bytes: v.number(),
    /** Free where it grows, bytes, and when `backup` last made a copy, ms; null = it is looked after elsewhere, or never. */
    freeBytes: figure,
    backupAt: figure,
  }),
})
export type Status = v.InferOutput<typeof Status>

/** `POST` by a coordinator: cards to print for members of the community, at most 200 at a time. */
export const CardRequest = v.object({ members: v.pipe(v.array(uuid), v.minLength(1), v.maxLength(200)) })
export type CardRequest = v.InferOutput<typeof CardRequest>
/** Members that are not there are left out. `text`: what the card's code says; `until`: ms; `issue`: [CA3]. */
export const IssuedCards = v.looseObject({
  cards: v.array(
    v.looseObject({
      ...{ member: uuid, name: text(80), text: text(600) },
      ...{ until: v.number(), issue: v.optional(v.number(), 0) },
    }),
  ),
})
export type IssuedCards = v.InferOutput<typeof IssuedCards>

/** A server-sent event's data. `logbook` has something new at `seq`; `scope` says: ask for the scope again. */
export const Poke = v.union([
  v.looseObject({ logbook: text(60), seq: v.number() }),
  v.looseObject({ scope: v.literal(true) }),
])
export type Poke = v.InferOutput<typeof Poke>
