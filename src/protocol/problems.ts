import * as v from 'valibot'

/**
 * Everything that can go wrong at the wire, by a stable code. Codes are translated only on a screen
 * (catalogue `problem.<code>`). An HTTP error is for transport and authentication only ([PU5]).
 */
export const problems = {
  'bad-request': 400,
  'page-unreadable': 400,
  /** What was carried here is not sealed to this centre, or is damaged ([RL3]). */
  'parcel-unreadable': 400,
  'signature-invalid': 401,
  'token-missing': 401,
  'token-invalid': 401,
  /** The token's time is out of range; the answer carries the centre's time, the client tries again with it. */
  clock: 401,
  'install-unknown': 401,
  'install-revoked': 403,
  'not-permitted': 403,
  'invitation-unknown': 404,
  'invitation-used': 410,
  'invitation-expired': 410,
  'not-found': 404,
  'cursor-unreadable': 400,
  /** The logbook was restored or is no longer this one's: start over without a cursor ([PL5]). */
  'cursor-stale': 409,
  'too-large': 413,
  'version-unsupported': 426,
  'too-many': 429,
  busy: 503,
  /** The disk is full or the database can't be written. Nothing was stored; the phone keeps everything. */
  'storage-unavailable': 503,
  internal: 500,
} as const

export type ProblemCode = keyof typeof problems

export const problemCodes = Object.keys(problems) as ProblemCode[]

/** `application/problem+json` as RFC 9457 has it; `type` is `gatepost:<code>`. */
export const ProblemBody = v.looseObject({
  type: v.pipe(v.string(), v.startsWith('gatepost:')),
  status: v.number(),
  /** The centre's time, ms. */
  time: v.optional(v.number()),
  /** Seconds to wait, where waiting helps. */
  retryAfter: v.optional(v.number()),
})
export type ProblemBody = v.InferOutput<typeof ProblemBody>

export const isProblemCode = (code: string): code is ProblemCode => Object.hasOwn(problems, code)

export const problemBody = (
  code: ProblemCode,
  extra: { time?: number; retryAfter?: number } = {},
): ProblemBody => ({
  type: `gatepost:${code}`,
  status: problems[code],
  ...extra,
})

/** Why the centre put an entry aside. Nothing of it is lost; a coordinator and its author see it ([PU6]). */
export const quarantineCodes = [
  'unreadable',
  'unknown-kind',
  'newer-version',
  'invalid',
  'unknown-logbook',
  'wrong-logbook',
  'not-permitted',
  'revoked',
  'author-mismatch',
  'id-taken',
] as const
export type QuarantineCode = (typeof quarantineCodes)[number]

/** Those that the centre tries again by itself when what was missing has come ([PU7]). */
export const heldCodes: readonly QuarantineCode[] = ['unknown-logbook', 'unknown-kind', 'newer-version']
