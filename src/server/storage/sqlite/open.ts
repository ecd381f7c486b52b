import { NotADatabase, StorageUnavailable } from '../errors.ts'
import { migrate, refuseNewer } from '../migrations/index.ts'
import type { Storage } from '../storage.ts'
import { Checkpoints, journalPages } from './checkpoints.ts'
import { connect, translated, type Connection } from './connection.ts'
import { typed } from './errors.ts'
import { SqliteStorage } from './storage.ts'

/** Marks the file as Gatepost's (`GPST`), see sqlite.org/pragma.html#pragma_application_id. */
const applicationId = 0x47505354

export interface SqliteOptions {
  file: string
  /** False only where a power cut may cost the last commits (tests that open hundreds of databases). */
  durable?: boolean
  /** The most the file may grow to, in pages of 4 KiB; absent: as far as the disk goes. */
  pagesAtMost?: number
}

/**
 * Opens or makes the database and brings it to this version's schema. Throws `DatabaseNewer`, `NotADatabase` or
 * `StorageUnavailable`; the file is then as it was.
 */
export async function openSqlite({ file, durable = true, pagesAtMost }: SqliteOptions): Promise<Storage> {
  inspect(file)
  const writer = connect(file, false)
  try {
    settings(writer, durable)
    if (pagesAtMost !== undefined) writer.run(`pragma max_page_count = ${pagesAtMost}`)
    await inTransaction(writer, () => migrate(writer.query, 'sqlite'))
    const reader = connect(file, true)
    reader.run('pragma cache_size = -4000')
    return new SqliteStorage(writer, reader, new Checkpoints(file, writer))
  } catch (error) {
    writer.close()
    throw typed(error)
  }
}

/** Looks at a file without changing it; one that is not there, or still empty, is nobody else's. */
function inspect(file: string): void {
  const connection = openForReading(file)
  if (!connection) return
  try {
    translated(() => refuseOthers(connection))
  } finally {
    connection.close()
  }
}

/** Null where there is nothing to read; whatever else is wrong shows when it is opened for writing. */
function openForReading(file: string): Connection | null {
  try {
    return connect(file, true)
  } catch (error) {
    if (error instanceof StorageUnavailable) return null
    throw error
  }
}

/** Throws `NotADatabase` or `DatabaseNewer`. `filled`: an empty database is none of ours either. */
export function refuseOthers({ raw }: Connection, filled = false): void {
  const id = raw.prepare('pragma application_id').get()?.['application_id']
  const tables = raw.prepare("select name from sqlite_master where type = 'table'").all()
  if (tables.length === 0 && !filled) return
  if (id !== applicationId || !tables.some((row) => row['name'] === 'kysely_migration'))
    throw new NotADatabase('the file is a database, but not one of Gatepost')
  refuseNewer(
    raw
      .prepare('select name from kysely_migration')
      .all()
      .map((row) => String(row['name'])),
  )
}

function settings(connection: Connection, durable: boolean): void {
  connection.run('pragma journal_mode = wal')
  connection.run(`pragma synchronous = ${durable ? 'full' : 'off'}`)
  connection.run('pragma foreign_keys = on')
  // What is erased is overwritten; else it would stand in the file until something else needs its place.
  connection.run('pragma secure_delete = on')
  // What a savepoint would undo is kept here rather than in a file beside the system's others.
  connection.run('pragma temp_store = memory')
  connection.run('pragma cache_size = -8000')
  connection.run(`pragma wal_autocheckpoint = ${journalPages}`)
  connection.run(`pragma application_id = ${applicationId}`)
}

async function inTransaction(connection: Connection, work: () => Promise<void>): Promise<void> {
  connection.run('begin immediate')
  try {
    await work()
    connection.run('commit')
  } catch (error) {
    if (connection.raw.isTransaction) connection.run('rollback')
    throw error
  }
}
