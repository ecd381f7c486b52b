import { join } from 'node:path'
import type { Config } from '../config.ts'
import { openPostgres } from '../storage/postgres/open.ts'
import { openSqlite } from '../storage/sqlite/open.ts'
import type { Storage } from '../storage/storage.ts'
import { isThere } from './backup.ts'
import { dataFailure, databaseFailure, Failure, step } from './failures.ts'

/**
 * Opens the database that a server may be running on, does something with it, and lets it go. One that is not there is
 * not made. Throws a `Failure`.
 */
export function besideServer<T>(
  { data, database }: Config,
  work: (storage: Storage) => Promise<T>,
): Promise<T> {
  return step(database === undefined ? dataFailure(data) : databaseFailure(database), async () => {
    const storage = database === undefined ? await openThere(data) : await openPostgres({ url: database })
    return work(storage).finally(() => storage.close())
  })
}

async function openThere(folder: string): Promise<Storage> {
  const file = join(folder, 'gatepost.db')
  if (!(await isThere(file))) throw new Failure('noDatabase', { folder })
  return openSqlite({ file })
}
