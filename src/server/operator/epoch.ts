import { join } from 'node:path'
import type { Config } from '../config.ts'
import { openPostgres } from '../storage/postgres/open.ts'
import { openSqlite } from '../storage/sqlite/open.ts'
import { raiseEpoch } from '../sync/centre.ts'
import { isThere } from './backup.ts'
import { dataFailure, databaseFailure, Failure, step } from './failures.ts'
import { lockFolder } from './lock.ts'

/**
 * Gives a database that was put back by other tools a new epoch, so that phones offer again what it lacks ([EP1],
 * [EP2]). A server reads the epoch once, so none may run meanwhile. Throws a `Failure`; nothing was changed then.
 */
export function raiseEpochOf({ data, database }: Config, newId: () => string): Promise<void> {
  return database === undefined
    ? step(dataFailure(data), () => inFolder(data, newId))
    : step(databaseFailure(database), () => inDatabase(database, newId))
}

async function inFolder(folder: string, newId: () => string): Promise<void> {
  const file = join(folder, 'gatepost.db')
  if (!(await isThere(file))) throw new Failure('noDatabase', { folder })
  const release = lockFolder(folder)
  try {
    const storage = await openSqlite({ file })
    await raiseEpoch(storage, newId).finally(() => storage.close())
  } finally {
    release()
  }
}

async function inDatabase(url: string, newId: () => string): Promise<void> {
  const storage = await openPostgres({ url })
  try {
    const servers = await storage.servers()
    if (servers > 0)
      throw new Failure('serversRunning', {
        servers: String(servers),
        database: URL.parse(url)?.pathname ?? '',
      })
    await raiseEpoch(storage, newId)
  } finally {
    await storage.close()
  }
}
