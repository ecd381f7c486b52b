import { StorageUnavailable } from '../errors.ts'
import type { Raw } from './connection.ts'
import { codeOf, OutOfTurn } from './errors.ts'
import type { Pipeline } from './pipeline.ts'
import { Held, type Learned, type Rank } from './turns.ts'

/** Number of the namespace of our advisory locks. */
const seed = 7
const waitFor = `select pg_advisory_xact_lock(hashtextextended(name, ${seed})) from unnest($1::text[]) name`
const tryFor = `select pg_try_advisory_xact_lock(hashtextextended(name, ${seed}))::int as got
  from unnest($1::text[]) name`
const waitToShare = waitFor.replace('_lock(', '_lock_shared(')
const tryToShare = tryFor.replace('_lock(', '_lock_shared(')
const lockLogbooks = 'select * from logbooks where id = any($1::text[]) order by id for update'

/** What a transaction holds until its end. Throws `OutOfTurn` where waiting could go in a circle. */
export class Locks {
  readonly #line: Pipeline
  readonly #held: Held
  readonly #learned: Learned

  constructor(line: Pipeline, learned: Learned) {
    this.#line = line
    this.#learned = learned
    this.#held = new Held(learned)
  }

  /** Takes in order what earlier tries of this transaction wanted. */
  async begin(): Promise<void> {
    const wanted = this.#learned.all()
    if (wanted.advisory.length > 0) this.#line.send(waitFor, wanted.advisory)
    if (wanted.logbooks.length > 0) this.#line.send(lockLogbooks, wanted.logbooks)
    this.#held.tookAll(wanted)
    if (wanted.advisory.length + wanted.logbooks.length > 0) await this.#line.settled()
  }

  /** Names of things that have no row, or none yet; `shared`: others may hold it too, in the same way. */
  async hold(rank: Exclude<Rank, 'logbook'>, names: readonly string[], shared = false): Promise<void> {
    const { missing, mayWait } = this.#held.ask(rank, names)
    if (missing.length === 0) return
    if (mayWait) this.#line.send(shared ? waitToShare : waitFor, missing)
    else {
      const { rows } = await this.#line.run(shared ? tryToShare : tryFor, [missing])
      if (rows.some((row) => row['got'] !== 1)) throw new OutOfTurn()
    }
    this.#held.took(missing, shared)
  }

  /** Rows of these logbooks, locked in order. */
  async logbooks(ids: readonly string[]): Promise<Raw[]> {
    const { missing, mayWait } = this.#held.ask('logbook', ids)
    const rows = await this.#select(ids, missing.length === 0 || mayWait)
    this.#held.took(missing.filter((key) => rows.some((row) => key.endsWith(` ${row['id']}`))))
    return rows
  }

  async #select(ids: readonly string[], mayWait: boolean): Promise<Raw[]> {
    if (mayWait) return (await this.#line.run(lockLogbooks, [ids])).rows
    try {
      return (await this.#line.run(`${lockLogbooks} nowait`, [ids])).rows
    } catch (error) {
      throw error instanceof StorageUnavailable && codeOf(error.cause) === '55P03' ? new OutOfTurn() : error
    }
  }
}
