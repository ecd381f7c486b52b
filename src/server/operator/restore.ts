import { access, constants, copyFile, link, open, rename, rm } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import type { Config } from '../config.ts'
import { DatabaseNewer, NotADatabase } from '../storage/errors.ts'
import { closeJournal, copySqlite } from '../storage/sqlite/copy.ts'
import { openSqlite } from '../storage/sqlite/open.ts'
import { raiseEpoch } from '../sync/centre.ts'
import { isThere, makePrivate } from './backup.ts'
import { codeOf, dataFailure, Failure, step } from './failures.ts'
import { prepareFolder } from './folder.ts'
import { lockFolder } from './lock.ts'

type Part = Pick<Config, 'data' | 'database' | 'file'>

/** What was restored, and where that lies which it replaced; null where there was nothing. */
export interface Restored {
  file: string
  kept: string | null
}

/**
 * Puts a copy in the database's place under a new epoch, so that phones offer again what the copy lacks ([EP1],
 * [EP2]). No server may run on the folder meanwhile. `now`: ms. Throws a `Failure`; the database is then as it was.
 */
export async function restoreBackup(
  { data, database, file: named }: Part,
  newId: () => string,
  now: number,
): Promise<Restored> {
  if (database !== undefined) throw new Failure('notAFile')
  const file = resolve(named)
  await step(unreadable(file), () => access(file, constants.R_OK))
  const release = await step(dataFailure(data), async () => {
    await prepareFolder(data)
    return lockFolder(data)
  })
  const fresh = join(data, 'gatepost.db.restoring')
  try {
    await step(copyFailure(data, file), () => copied(file, fresh))
    return await step(dataFailure(data), async () => {
      await turned(fresh, newId)
      return { file, kept: await exchange(join(data, 'gatepost.db'), fresh, now) }
    })
  } finally {
    await removeAll(fresh)
    release()
  }
}

async function copied(file: string, fresh: string): Promise<void> {
  await removeAll(fresh)
  await makePrivate(fresh)
  await copySqlite(file, fresh)
}

/** Brings the copy to this version's schema and gives it an epoch of its own. */
async function turned(fresh: string, newId: () => string): Promise<void> {
  const storage = await openSqlite({ file: fresh })
  try {
    await raiseEpoch(storage, newId)
  } finally {
    await storage.close()
  }
  closeJournal(fresh)
}

/** Whenever the power fails, the old database is whole under one of its two names. */
async function exchange(database: string, fresh: string, now: number): Promise<string | null> {
  const kept = (await isThere(database)) ? await setAside(database, now) : null
  await rename(fresh, database)
  await syncFolder(join(database, '..'))
  return kept
}

async function setAside(database: string, now: number): Promise<string> {
  const time = new Date(now).toISOString().slice(0, 19).replaceAll(':', '-')
  const kept = `${database}.before-restore-${time}Z`
  // Not every file system has links.
  await link(database, kept).catch(() => copyFile(database, kept, constants.COPYFILE_EXCL))
  await moveJournal(database, kept)
  return kept
}

/** Left behind, a journal would be taken for the new database's; opened, that of a damaged one is thrown away. */
async function moveJournal(database: string, kept: string): Promise<void> {
  if (await isThere(`${database}-wal`)) await rename(`${database}-wal`, `${kept}-wal`)
  await rm(`${database}-shm`, { force: true })
}

const removeAll = async (file: string): Promise<void> => {
  for (const end of ['', '-wal', '-shm', '-journal']) await rm(`${file}${end}`, { force: true })
}

/** The exchange of names itself reaches the disk. */
async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

const unreadable =
  (file: string) =>
  (error: unknown): Failure =>
    new Failure('fileUnreadable', { file, code: codeOf(error) })

const copyFailure =
  (folder: string, file: string) =>
  (error: unknown): Failure => {
    if (error instanceof NotADatabase) return new Failure('notABackup', { file })
    if (error instanceof DatabaseNewer) return new Failure('backupNewer', { file })
    return dataFailure(folder)(error)
  }
