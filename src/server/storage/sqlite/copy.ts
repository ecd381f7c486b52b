import { backup } from 'node:sqlite'
import { NotADatabase } from '../errors.ts'
import { connect, translated, type Connection } from './connection.ts'
import { typed } from './errors.ts'
import { refuseOthers } from './open.ts'

/** The whole file in one step: between two steps a busy writer would make the copy begin anew. */
const allPages = 2 ** 31 - 1

/**
 * Copies a database of Gatepost's as it stands at one moment, also while a server writes to it. `to` is not there
 * yet, or empty; it becomes one whole file with no journal beside it. Throws `NotADatabase`, `DatabaseNewer` or
 * `StorageUnavailable`; `from` is as it was.
 */
export async function copySqlite(from: string, to: string): Promise<void> {
  const source = connect(from, true)
  try {
    translated(() => refuseOthers(source, true))
    await backup(source.raw, to, { rate: allPages })
  } catch (error) {
    throw typed(error)
  } finally {
    source.close()
  }
  closeJournal(to, (copy) => translated(() => refuseDamaged(copy)))
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
