import { setTimeout as pause } from 'node:timers/promises'
import type { Pool, PoolClient } from 'pg'
import type { Channel } from '../channel.ts'
import { StorageUnavailable } from '../errors.ts'
import type { Storage, Transaction } from '../storage.ts'
import { Session } from './connection.ts'
import { isPassing, typed } from './errors.ts'
import { Locks } from './locks.ts'
import { earName, type Notices } from './notices.ts'
import { Pipeline } from './pipeline.ts'
import { PostgresReads } from './reads.ts'
import { PostgresTransaction } from './transaction.ts'
import { Learned } from './turns.ts'

/** A transaction that got in another's way begins again at most so often. */
const triesAtMost = 8
/** Those that met in a circle are set apart by up to this, ms. */
const apartMs = 20

/** Writers and readers have connections of their own: whoever waits for a logbook never keeps a pull waiting. */
export interface Pools {
  writers: Pool
  readers: Pool
}

export class PostgresStorage extends PostgresReads implements Storage {
  /** Reaches every process on this database. */
  readonly channel: Channel
  readonly #pools: Pools
  readonly #notices: Notices

  constructor(pools: Pools, notices: Notices) {
    super(new Session(pools.readers))
    this.#pools = pools
    this.#notices = notices
    this.channel = notices
  }

  async write<T>(work: (tx: Transaction) => Promise<T>, sent?: () => void): Promise<T> {
    const learned = new Learned()
    for (let tries = 1; ; tries++) {
      try {
        return await this.#connected((client) => transact(client, learned, work, sent))
      } catch (error) {
        if (tries === triesAtMost || !isPassing(error)) throw error
      }
      await pause(Math.random() * apartMs)
    }
  }

  /** How many servers listen on this database now: each has one ear. */
  async servers(): Promise<number> {
    const sql = `select count(*) as n from pg_stat_activity
      where datname = current_database() and application_name = '${earName}'`
    return Number((await this.one(sql))?.['n'])
  }

  /** Rows as they were go with its autovacuum. */
  scrub(): Promise<void> {
    return Promise.resolve()
  }

  /** Waits for what is under way. */
  async close(): Promise<void> {
    await this.#notices.close()
    await this.#pools.writers.end()
    await this.#pools.readers.end()
  }

  /** A connection on which anything but the work's own errors went wrong isn't used again. */
  async #connected<T>(work: (client: PoolClient) => Promise<T>): Promise<T> {
    const client = await this.#pools.writers.connect().catch((error: unknown) => {
      throw typed(error)
    })
    try {
      const result = await work(client)
      client.release()
      return result
    } catch (error) {
      client.release(error instanceof StorageUnavailable && !isPassing(error))
      throw error
    }
  }
}

async function transact<T>(
  client: PoolClient,
  learned: Learned,
  work: (tx: Transaction) => Promise<T>,
  sent: () => void = () => undefined,
): Promise<T> {
  const line = new Pipeline(client)
  try {
    // What was committed while a lock was waited for is to be seen, whatever the database's default is.
    line.sendOnce('begin isolation level read committed')
    const locks = new Locks(line, learned)
    await locks.begin()
    const result = await work(new PostgresTransaction(line, locks))
    const committed = line.commit()
    sent()
    await committed
    return result
  } catch (error) {
    const first = await line.firstFailure(error)
    await line.runOnce('rollback').catch(() => undefined)
    throw first
  }
}
