import type { Storage, Transaction } from '../storage.ts'
import type { Connection } from './connection.ts'
import type { Checkpoints } from './checkpoints.ts'
import { typed } from './errors.ts'
import { SqliteReads } from './reads.ts'
import { Turns } from './turns.ts'
import { SqliteTransaction } from './transaction.ts'

/**
 * One connection writes, one reads: SQLite's WAL gives the reader the last committed state, whatever the writer
 * has open meanwhile.
 */
export class SqliteStorage extends SqliteReads implements Storage {
  readonly #writer: Connection
  readonly #reader: Connection
  readonly #checkpoints: Checkpoints
  readonly #turns = new Turns()

  constructor(writer: Connection, reader: Connection, checkpoints: Checkpoints) {
    super(reader)
    this.#writer = writer
    this.#reader = reader
    this.#checkpoints = checkpoints
  }

  /** `sent` is of no use here: a commit keeps the loop until it is done. */
  write<T>(work: (tx: Transaction) => Promise<T>): Promise<T> {
    return this.#turns.take(() => this.#transact(work))
  }

  /** The journal still has pages as they were. */
  scrub(): Promise<void> {
    return this.#checkpoints.empty()
  }

  /** Waits for the transaction under way. */
  close(): Promise<void> {
    return this.#turns.take(async () => {
      await this.#checkpoints.close()
      this.#reader.close()
      this.#writer.close()
    })
  }

  async #transact<T>(work: (tx: Transaction) => Promise<T>): Promise<T> {
    try {
      this.#writer.prepare('begin immediate').run()
      const result = await work(new SqliteTransaction(this.#writer))
      this.#writer.prepare('commit').run()
      this.#checkpoints.look()
      return result
    } catch (error) {
      // A full disk ends the transaction by itself.
      if (this.#writer.raw.isTransaction) this.#writer.run('rollback')
      throw typed(error)
    }
  }
}
