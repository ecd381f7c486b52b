import { StorageUnavailable, type UnavailableReason } from '../errors.ts'

/** Codes of PostgreSQL (appendix A of its manual) that say: not now, and nothing was stored. */
const unavailable: Readonly<Record<string, UnavailableReason>> = {
  '25006': 'read-only',
  '25P03': 'io', // idle in a transaction for too long
  '40001': 'busy', // serialization failure
  '40P01': 'busy', // deadlock
  '53100': 'full',
  '53200': 'busy', // out of memory
  '53300': 'busy', // too many connections
  '55P03': 'busy', // lock not available
  '57014': 'busy', // statement cancelled, by its time limit for one
  '57P01': 'io', // the database shuts down
  '57P02': 'io', // it crashed
  '57P03': 'busy', // it is starting
  '57P05': 'io', // idle session
  '58030': 'io',
  '58P01': 'io', // a file is missing
}

/** What Node and the client library say when the connection is gone; the latter without a code. */
const lostCodes =
  /^(E(CONNREFUSED|CONNRESET|CONNABORTED|PIPE|TIMEDOUT|HOSTUNREACH|NETUNREACH|NOTFOUND|AI_AGAIN|NOENT))$/
const lostWords =
  /connection (terminated|error|timeout|ended)|timeout exceeded when trying to connect|read timeout|not queryable/i

export const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : ''

function reasonOf(error: unknown): UnavailableReason | null {
  const code = codeOf(error)
  const known = unavailable[code]
  if (known) return known
  if (code.startsWith('08') || lostCodes.test(code)) return 'io'
  return code === '' && error instanceof Error && lostWords.test(error.message) ? 'io' : null
}

/** The typed error for what PostgreSQL, its client or the network threw; anything else as it is. */
export function typed(error: unknown): unknown {
  if (error instanceof StorageUnavailable) return error
  const reason = reasonOf(error)
  return reason ? new StorageUnavailable(reason, error) : error
}

/**
 * A transaction needs a lock that sorts below those it has, and somebody else has it. Waiting could go in a circle,
 * so the transaction begins again and takes all in order.
 */
export class OutOfTurn extends StorageUnavailable {
  constructor() {
    super('busy')
  }
}

/** Would the same transaction likely work when tried again at once? */
export const isPassing = (error: unknown): boolean =>
  error instanceof OutOfTurn ||
  (error instanceof StorageUnavailable && ['40001', '40P01'].includes(codeOf(error.cause)))

/** The first statement that failed makes all later ones of its transaction fail with this. */
export const isFollowUp = (error: unknown): boolean => codeOf(error) === '25P02'
