/** The database was written by a newer version of the program. It is left exactly as it is. */
export class DatabaseNewer extends Error {
  override readonly name = 'DatabaseNewer'
  readonly found: string
  constructor(found: string) {
    super(`the database knows a migration that this version does not: ${found}`)
    this.found = found
  }
}

/** The file is there but is no database of ours, or is damaged. It is left exactly as it is. */
export class NotADatabase extends Error {
  override readonly name = 'NotADatabase'
}

/** Why nothing can be written: the disk is full, the place is read-only, or reading and writing fail altogether. */
export type UnavailableReason = 'full' | 'read-only' | 'io' | 'busy'

/** Nothing of the transaction was stored; the same call may succeed later. */
export class StorageUnavailable extends Error {
  override readonly name = 'StorageUnavailable'
  readonly reason: UnavailableReason
  constructor(reason: UnavailableReason, cause?: unknown) {
    super(`storage unavailable: ${reason}`, { cause })
    this.reason = reason
  }
}
