import { setImmediate as turn } from 'node:timers/promises'
import { StorageUnavailable } from '../storage/errors.ts'
import type { Storage, Transaction } from '../storage/storage.ts'

interface Waiting<J, R> {
  job: J
  resolve(result: R): void
  reject(error: unknown): void
}

type Finish<R> = (tx: Transaction, results: readonly R[]) => Promise<void>
type Result<R> = { ok: true; value: R } | { ok: false; error: unknown }

/** The most jobs that share a transaction: one flush to disk for all, and nobody waits for ever. */
const together = 64
/** As soon as they weigh so much, the others wait for the next one: a backlog keeps nobody waiting for long. */
const weightAtMost = 4000

/**
 * Group commit. What comes while a transaction is under way waits and shares the next one ([PU2]). A database within
 * the process keeps the loop until its commit is done, so before each one the loop turns once: what has arrived
 * meanwhile is let in. A job that fails is undone alone; when the commit fails, it has failed for all of them.
 */
export class Batch<J, R> {
  readonly #storage: Storage
  readonly #work: (tx: Transaction, job: J) => Promise<R>
  readonly #finish: Finish<R>
  readonly #weigh: (job: J) => number
  readonly #queue: Waiting<J, R>[] = []
  #running = false

  /** `finish` writes, once for all jobs that succeeded, what they come to together; `weigh` says how many rows a job is. */
  constructor(
    storage: Storage,
    work: (tx: Transaction, job: J) => Promise<R>,
    finish: Finish<R> = async () => undefined,
    weigh: (job: J) => number = () => 1,
  ) {
    this.#storage = storage
    this.#work = work
    this.#finish = finish
    this.#weigh = weigh
  }

  /** Resolves when the job's writes are on disk. */
  add(job: J): Promise<R> {
    return new Promise<R>((resolve, reject) => {
      this.#queue.push({ job, resolve, reject })
      if (!this.#running) void this.#run()
    })
  }

  async #run(): Promise<void> {
    this.#running = true
    while (this.#queue.length > 0) {
      await turn()
      await this.#commit(this.#queue.splice(0, this.#next()))
    }
    this.#running = false
  }

  /** How many of those that wait go together; at least one. */
  #next(): number {
    let weight = 0
    const full = this.#queue.findIndex(({ job }) => (weight += this.#weigh(job)) >= weightAtMost)
    return Math.min(full === -1 ? together : full + 1, together)
  }

  async #commit(group: Waiting<J, R>[]): Promise<void> {
    try {
      const results = await this.#storage.write((tx) => this.#all(tx, group))
      group.forEach((waiting, i) => {
        const result = results[i]
        if (result?.ok) waiting.resolve(result.value)
        else waiting.reject(result?.error)
      })
    } catch (error) {
      for (const waiting of group) waiting.reject(error)
    }
  }

  async #all(tx: Transaction, group: readonly Waiting<J, R>[]): Promise<Result<R>[]> {
    const results: Result<R>[] = []
    for (const { job } of group) results.push(await this.#alone(tx, job))
    await this.#finish(
      tx,
      results.flatMap((result) => (result.ok ? [result.value] : [])),
    )
    return results
  }

  async #alone(tx: Transaction, job: J): Promise<Result<R>> {
    try {
      return { ok: true, value: await tx.savepoint(() => this.#work(tx, job)) }
    } catch (error) {
      if (error instanceof StorageUnavailable) throw error
      return { ok: false, error }
    }
  }
}
