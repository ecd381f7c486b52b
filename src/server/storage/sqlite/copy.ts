import { closeSync, fdatasyncSync, openSync } from 'node:fs'
import { backup } from 'node:sqlite'
import { NotADatabase } from '../errors.ts'
import { connect, translated, type Connection } from './connection.ts'
import { typed } from './errors.ts'
import { refuseOthers } from './open.ts'

/** Of 4 KiB, copied before the disk is given back to those who wait for their commits. */
const pagesAtOnce = 1024

/**
 * Copies a database of Gatepost's as it stands at one moment, also while a server writes to it. `to` is not there
 * yet, or empty; it becomes one whole file with no journal beside it. Throws `NotADatabase`, `DatabaseNewer` or
 * `StorageUnavailable`; `from` is as it was.
 */
export async function copySqlite(from: string, to: string): Promise<void> {
  const source = connect(from, true)
  try {
    translated(() => refuseOthers(source, true))
    // Holds one moment: a copy of a busy database would else begin anew after each commit.
    source.run('begin')
    translated(() => source.prepare('select count(*) from sqlite_master').get())
    await inSteps(source, to)
  } catch (error) {
    throw typed(error)
  } finally {
    source.close()
  }
  closeJournal(to, (copy) => translated(() => refuseDamaged(copy)))
}

/**
 * What was copied goes to the disk step by step, and each step is followed by a rest as long as itself: a gigabyte at
 * once would keep every commit of a server waiting behind it.
 */
async function inSteps(source: Connection, to: string): Promise<void> {
  const file = openSync(to, 'a', 0o600)
  let begun = performance.now()
  const rest = (): void => {
    fdatasyncSync(file)
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, performance.now() - begun)
    begun = performance.now()
  }
  try {
    await backup(source.raw, to, { rate: pagesAtOnce, progress: rest })
  } finally {
    closeSync(file)
  }
}

/** Moves what the journal holds into the file itself and takes the journal away. */
export function closeJournal(file: string, look: (connection: Connection) => void = () => undefined): void {
  const connection = connect(file, false)
  try {
    connection.run('pragma journal_mode = delete')
    look(connection)
  } finally {
    connection.close()
  }
}

function refuseDamaged({ raw }: Connection): void {
  const verdict = raw.prepare('pragma quick_check(1)').get()?.['quick_check']
  if (verdict !== 'ok') throw new NotADatabase('the database is damaged')
}
