import { setImmediate as turn } from 'node:timers/promises'
import { StorageUnavailable } from '../storage/errors.ts'
import type { Storage, Transaction } from '../storage/storage.ts'

interface Waiting<J, R> {
  job: J
  resolve(result: R): void
  reject(error: unknown): void
}

/** A quicker way for some jobs: all of them at once. Where it fails they are done one by one. */
export interface Together<J, R> {
  /** May do some work of the job that needs no transaction. */
  takes(job: J): boolean
  /** Answers in the order of the jobs. */
  work(tx: Transaction, jobs: readonly J[]): Promise<R[]>
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
  readonly #together: Together<J, R> | null
  readonly #queue: Waiting<J, R>[] = []
  #running = false

  /** `finish` writes, once for all jobs that succeeded, what they come to together; `weigh` says how many rows a job is. */
  constructor(
    storage: Storage,
    work: (tx: Transaction, job: J) => Promise<R>,
    finish: Finish<R> = async () => undefined,
    weigh: (job: J) => number = () => 1,
    together: Together<J, R> | null = null,
  ) {
    this.#storage = storage
    this.#work = work
    this.#finish = finish
    this.#weigh = weigh
    this.#together = together
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
      const group = this.#queue.splice(0, this.#next())
      let committed = false
      const committing = this.#commit(group).finally(() => (committed = true))
      await this.#lookAhead(() => committed)
      await committing
    }
    this.#running = false
  }

  /** While a database elsewhere is busy, those that go next are looked at, one with each turn of the loop. */
  async #lookAhead(isOver: () => boolean): Promise<void> {
    const seen = new Set<Waiting<J, R>>()
    for (await turn(); !isOver(); await turn()) {
      const next = this.#queue.slice(0, this.#next()).find((one) => !seen.has(one))
      if (!next) return
      seen.add(next)
      this.#takes(next.job)
    }
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
    const results = new Map<Waiting<J, R>, Result<R>>()
    const some = group.filter(({ job }) => this.#takes(job))
    for (const one of group) if (!some.includes(one)) results.set(one, await this.#alone(tx, one.job))
    const done = await this.#atOnce(tx, some)
    for (const [i, one] of some.entries()) results.set(one, done?.[i] ?? (await this.#alone(tx, one.job)))
    await this.#finish(
      tx,
      group.flatMap((one) => okOf(results.get(one))),
    )
    return group.flatMap((one) => results.get(one) ?? [])
  }

  #takes(job: J): boolean {
    try {
      return this.#together?.takes(job) ?? false
    } catch {
      return false
    }
  }

  /** Null where it can't be done at once. */
  async #atOnce(tx: Transaction, group: readonly Waiting<J, R>[]): Promise<Result<R>[] | null> {
    const together = this.#together
    if (!together || group.length === 0) return null
    try {
      const jobs = group.map(({ job }) => job)
      const values = await tx.savepoint(() => together.work(tx, jobs))
      return values.map((value) => ({ ok: true, value }))
    } catch (error) {
      if (error instanceof StorageUnavailable) throw error
      return null
    }
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

const okOf = <R>(result: Result<R> | undefined): R[] => (result?.ok ? [result.value] : [])
