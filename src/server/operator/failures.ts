import { DatabaseNewer, NotADatabase, StorageUnavailable, type UnavailableReason } from '../storage/errors.ts'
import type { Config } from '../config.ts'
import type { WordKey } from './words.ts'

/** Why the server did not start: a text of the catalogue with its gaps. */
export class Failure extends Error {
  readonly key: WordKey
  readonly gaps: Readonly<Record<string, string>>
  constructor(key: WordKey, gaps: Readonly<Record<string, string>> = {}) {
    super(key)
    this.key = key
    this.gaps = gaps
  }
}

const unavailableKeys: Record<UnavailableReason, WordKey> = {
  full: 'diskFull',
  'read-only': 'readOnly',
  io: 'ioError',
  busy: 'databaseBusy',
}

export const codeOf = (error: unknown): string => {
  const code: unknown = error instanceof Error ? Reflect.get(error, 'code') : undefined
  return typeof code === 'string' ? code : ''
}

/** Runs a step and says what its errors mean to the operator. */
export async function step<T>(explain: (error: unknown) => Failure, work: () => Promise<T> | T): Promise<T> {
  try {
    return await work()
  } catch (error) {
    throw error instanceof Failure ? error : explain(error)
  }
}

export const unexpected = (error: unknown): Failure =>
  new Failure('unexpected', {
    reason: error instanceof Error ? `${error.name} ${error.message}` : String(error),
  })

/** What went wrong with the data folder or the database in it. */
export const dataFailure =
  (folder: string) =>
  (error: unknown): Failure => {
    const gaps = { folder, code: codeOf(error) }
    if (error instanceof DatabaseNewer) return new Failure('databaseNewer', gaps)
    if (error instanceof NotADatabase) return new Failure('notADatabase', gaps)
    if (error instanceof StorageUnavailable) return new Failure(unavailableKeys[error.reason], gaps)
    if (gaps.code === 'ENOSPC') return new Failure('diskFull', gaps)
    return /^E[A-Z]+$/.test(gaps.code) ? new Failure('folderUnusable', gaps) : unexpected(error)
  }

/** PostgreSQL's codes for a wrong user or password, and for a database that is not there. */
const refusals = ['28000', '28P01', '3D000']

/** What went wrong with the database at a `postgres://` address. */
export const databaseFailure =
  (address: string) =>
  (error: unknown): Failure => {
    // Neither its user nor its password is said.
    const { host = '', pathname = '' } = URL.parse(address) ?? {}
    const gaps = { database: `${host}${pathname}`, code: codeOf(error) }
    if (error instanceof DatabaseNewer) return new Failure('serverDatabaseNewer', gaps)
    if (error instanceof NotADatabase) return new Failure('serverDatabaseForeign', gaps)
    if (error instanceof StorageUnavailable)
      return new Failure('serverDatabaseAway', { ...gaps, code: codeOf(error.cause) || error.reason })
    return refusals.includes(gaps.code) ? new Failure('serverDatabaseRefused', gaps) : unexpected(error)
  }

/** What went wrong when the server was to listen. */
export const listenFailure =
  ({ host = '' }: Pick<Config, 'host'>, port: number) =>
  (error: unknown): Failure => {
    const gaps = { port: String(port), other: String(port < 65535 ? port + 1 : 8080), host }
    const keys: Readonly<Record<string, WordKey>> = {
      EADDRINUSE: 'portInUse',
      EACCES: 'portForbidden',
      EADDRNOTAVAIL: 'hostUnknown',
      ENOTFOUND: 'hostUnknown',
      EAI_AGAIN: 'hostUnknown',
    }
    const key = keys[codeOf(error)]
    return key ? new Failure(key, gaps) : unexpected(error)
  }
