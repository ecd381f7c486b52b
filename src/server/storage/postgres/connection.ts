import type { ClientConfig, QueryConfig, QueryResult, QueryResultRow } from 'pg'
import { typed } from './errors.ts'
import { asInteger } from './lists.ts'
import { escapeZero, unescapeZero } from './zero.ts'

type Single = string | number | boolean | null
/** What goes into a statement; lists become arrays of the database, long ones had better be made by `lists.ts`. */
export type Value = Single | readonly Single[] | Buffer
/** What comes out of it. */
export type Raw = Record<string, string | number | null>

/** A pool or one connection of it. */
interface Queryable {
  query<R extends QueryResultRow>(config: QueryConfig<unknown[]>): Promise<QueryResult<R>>
}

/** Object ids of the built-in types, see `pg_type.dat`: int8, int2 and int4 are safe integers here. */
const numbers = new Set([20, 21, 23])
const asNumber = (text: string): number => Number(text)
const types: ClientConfig['types'] = {
  getTypeParser: (oid: number) => (numbers.has(oid) ? asNumber : unescapeZero),
}

/** A connection that hangs is given up after these, ms: a phone would rather hear that it is to come again. */
const limits = {
  connectionTimeoutMillis: 5_000,
  query_timeout: 60_000,
  lock_timeout: 20_000,
  idle_in_transaction_session_timeout: 30_000,
}

/** How every connection to the database at `url` is made. */
export const settingsFor = (url: string, more: ClientConfig = {}): ClientConfig => ({
  connectionString: url,
  application_name: 'gatepost',
  keepAlive: true,
  types,
  ...limits,
  ...more,
})

const names = new Map<string, string>()

/** Statements of a fixed text are parsed and planned once per connection; that goes by a name. */
function nameOf(sql: string): string {
  const known = names.get(sql)
  if (known !== undefined) return known
  const made = `gatepost_${names.size}`
  names.set(sql, made)
  return made
}

/** Statements on a pool or on one connection. Throws typed errors. */
export class Session {
  readonly #on: Queryable

  constructor(on: Queryable) {
    this.#on = on
  }

  /** A statement of a text that never changes is parsed once per connection. */
  run(sql: string, values: readonly Value[]): Promise<QueryResult<Raw>> {
    return this.#send({ name: nameOf(sql), text: sql, values: values.map(asParameter) })
  }

  /** For texts that are put together, and for those that take no values. */
  runOnce(sql: string, values: readonly Value[] = []): Promise<QueryResult<Raw>> {
    return this.#send({ text: sql, values: values.map(asParameter) })
  }

  async #send(config: QueryConfig<unknown[]>): Promise<QueryResult<Raw>> {
    try {
      return await this.#on.query<Raw>(config)
    } catch (error) {
      throw typed(error)
    }
  }
}

function asParameter(value: unknown): unknown {
  if (typeof value === 'string') return escapeZero(value)
  if (typeof value === 'number') return asInteger(value)
  return Array.isArray(value) ? value.map(asParameter) : value
}
