import { NotADatabase, StorageUnavailable, type UnavailableReason } from '../errors.ts'

/** SQLite's primary result codes (sqlite.org/rescode.html) that say: not now, and nothing was stored. */
const unavailable: Record<number, UnavailableReason> = {
  5: 'busy',
  6: 'busy',
  8: 'read-only',
  10: 'io',
  13: 'full',
  14: 'io',
}
const notOurs = new Set([11, 26])

const primaryCode = (error: unknown): number | null =>
  error instanceof Error && 'errcode' in error && typeof error.errcode === 'number'
    ? error.errcode & 0xff
    : null

/** The typed error for what SQLite threw; anything else as it is. */
export function typed(error: unknown): unknown {
  const code = primaryCode(error)
  if (code === null) return error
  const reason = unavailable[code]
  if (reason) return new StorageUnavailable(reason, error)
  return notOurs.has(code) ? new NotADatabase('not a database, or damaged', { cause: error }) : error
}
