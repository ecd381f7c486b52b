import { DatabaseSync } from 'node:sqlite'
import { join } from 'node:path'
import { Failure } from './failures.ts'

/** SQLite's code for "somebody else has it". */
const busy = 5

/**
 * One server per data folder. The lock is an exclusive one of SQLite's on an empty file: the system lets it go
 * when the process ends, however it ends, so that no stale lock is ever left. Answers the release.
 */
export function lockFolder(folder: string): () => void {
  const database = new DatabaseSync(join(folder, 'gatepost.lock'), { timeout: 0 })
  try {
    database.exec('begin exclusive')
  } catch (error) {
    database.close()
    if (isBusy(error)) throw new Failure('alreadyRunning', { folder })
    throw error
  }
  return () => database.close()
}

const isBusy = (error: unknown): boolean =>
  error instanceof Error && 'errcode' in error && error.errcode === busy
