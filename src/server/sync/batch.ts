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
  /** Whether it can be done so. */
  takes(job: J): boolean
  /** Steps of the work that need no transaction; what fails there fails again where it counts. */
  ahead?(job: J): readonly (() => unknown)[]
  /** Answers in the order of the jobs. */
  work(tx: Transaction, jobs: readonly J[]): Promise<R[]>
}

type Group<J, R> = readonly Waiting<J, R>[]
type Finish<R> = (tx: Transaction, results: readonly R[]) => Promise<void>
type Result<R> = { ok: true; value: R } | { ok: false; error: unknown }

/** The most jobs that share a transaction: one flush to disk for all, and nobody waits for ever. */
const together = 64
/** As soon as they weigh so much, the others wait for the next one: a backlog keeps nobody waiting for long. */
const weightAtMost = 4000
/** Where so much waits, the next one doesn't wait for the commit of the one before it; less is better off sharing it. */
const weightThatHurries = 500

/**
 * Group commit. What comes while a transaction is under way waits and shares the next one ([PU2]). A database within
 * the process keeps the loop until its commit is done, so before each one the loop turns once: what has arrived
 * meanwhile is let in. A job that fails is undone alone; when the commit fails, it has failed for all of them. Where
 * much waits, the next transaction begins while the commit is on its way.
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
      await this.#next()
    }
    this.#running = false
  }

  /** Resolves when the next group may go. */
  async #next(): Promise<void> {
    const group = this.#queue.splice(0, this.#fitting())
    let [sent, over] = [false, false]
    const { promise, resolve: told } = Promise.withResolvers<void>()
    const committing = this.#commit(group, () => {
      sent = true
      told()
    }).finally(() => (over = true))
    const isOver = (): boolean => over || (sent && this.#hurries())
    // It turns the loop once at the least, which lets in whom the last commit has answered.
    await this.#lookAhead(isOver)
    if (!isOver()) await Promise.race([promise, committing])
    if (!isOver()) await committing
  }

  /** While a database elsewhere is busy, those that go next are looked at, one step with each turn of the loop. */
  async #lookAhead(isOver: () => boolean): Promise<void> {
    const seen = new Set<Waiting<J, R>>()
    for (await turn(); !isOver();) {
      const next = this.#queue.slice(0, this.#fitting()).find((one) => !seen.has(one))
      if (!next) return
      seen.add(next)
      for (const step of this.#together?.ahead?.(next.job) ?? []) {
        if (isOver()) return
        attempt(step)
        await turn()
      }
    }
  }

  #hurries(): boolean {
    let weight = 0
    return this.#queue.some(({ job }) => (weight += this.#weigh(job)) >= weightThatHurries)
  }

  /** How many of those that wait go together; at least one. */
  #fitting(): number {
    let weight = 0
    const full = this.#queue.findIndex(({ job }) => (weight += this.#weigh(job)) >= weightAtMost)
    return Math.min(full === -1 ? together : full + 1, together)
  }

  async #commit(group: Group<J, R>, sent: () => void): Promise<void> {
    try {
      const results = await this.#stored(group, sent)
      group.forEach((waiting, i) => {
        const result = results[i]
        if (result?.ok) waiting.resolve(result.value)
        else waiting.reject(result?.error)
      })
    } catch (error) {
      for (const waiting of group) waiting.reject(error)
    }
  }

  /** What was done at once and failed, be it at the commit, is done one by one in another transaction. */
  async #stored(group: Group<J, R>, sent: () => void): Promise<Result<R>[]> {
    const some = group.filter(({ job }) => attempt(() => this.#together?.takes(job)) === true)
    if (some.length > 0) {
      try {
        return await this.#storage.write((tx) => this.#all(tx, group, some), sent)
      } catch (error) {
        if (error instanceof StorageUnavailable) throw error
      }
    }
    return this.#storage.write((tx) => this.#all(tx, group, []), sent)
  }

  /** `some` are done at once, without a way back within the transaction: where that fails, all of it does. */
  async #all(tx: Transaction, group: Group<J, R>, some: Group<J, R>): Promise<Result<R>[]> {
    const results = new Map<Waiting<J, R>, Result<R>>()
    for (const one of group) if (!some.includes(one)) results.set(one, await this.#alone(tx, one.job))
    const jobs = some.map(({ job }) => job)
    const values = some.length > 0 ? ((await this.#together?.work(tx, jobs)) ?? []) : []
    for (const [i, value] of values.entries()) {
      const one = some[i]
      if (one) results.set(one, { ok: true, value })
    }
    await this.#finish(
      tx,
      group.flatMap((one) => okOf(results.get(one))),
    )
    return group.flatMap((one) => results.get(one) ?? [])
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

/** Undefined where it fails. */
function attempt<T>(work: () => T): T | undefined {
  try {
    return work()
  } catch {
    return undefined
  }
}
