import { access, open, rename, rm } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import type { Config } from '../config.ts'
import { copySqlite } from '../storage/sqlite/copy.ts'
import { codeOf, dataFailure, Failure, step } from './failures.ts'
import { noteBackup } from './house.ts'

type Part = Pick<Config, 'data' | 'database' | 'file'>

/**
 * Copies the database to a new file, also beside a running server, and answers the file's whole path. Under that
 * name stands a whole copy or nothing. Throws a `Failure` that says what is wrong. `now`: ms, for the coordinator's page.
 */
export async function makeBackup(
  { data, database: elsewhere, file: named }: Part,
  now: number,
): Promise<string> {
  if (elsewhere !== undefined) throw new Failure('notAFile')
  const [database, file] = [join(data, 'gatepost.db'), resolve(named)]
  if (!(await isThere(database))) throw new Failure('noDatabase', { folder: data })
  if (await isThere(file)) throw new Failure('fileExists', { file })
  const part = `${file}.part`
  await step(unwritable(file), () => makePrivate(part))
  try {
    await step(copyFailure(data, file), () => copySqlite(database, part))
    await step(unwritable(file), () => rename(part, file))
    await noteBackup(data, now)
  } catch (error) {
    await rm(part, { force: true })
    throw error
  }
  return file
}

export const isThere = (file: string): Promise<boolean> =>
  access(file).then(
    () => true,
    () => false,
  )

/** Empty, and readable by its owner only from the first byte on. */
export async function makePrivate(file: string): Promise<void> {
  await rm(file, { force: true })
  await (await open(file, 'wx', 0o600)).close()
}

const unwritable =
  (file: string) =>
  (error: unknown): Failure =>
    new Failure('fileUnwritable', { file, code: codeOf(error) })

/** Reading takes no room: the disk that is full is the copy's. */
const copyFailure =
  (folder: string, file: string) =>
  (error: unknown): Failure => {
    const failure = dataFailure(folder)(error)
    return failure.key === 'diskFull' ? new Failure('copyDiskFull', { file }) : failure
  }
