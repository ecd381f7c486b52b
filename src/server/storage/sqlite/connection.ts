import { DatabaseSync, type SQLInputValue, type StatementSync } from 'node:sqlite'
import { CamelCasePlugin, Kysely, SqliteDialect, type SqliteDatabase } from 'kysely'
import type { Tables } from '../tables.ts'
import { typed } from './errors.ts'

/** One SQLite connection: prepared statements by their text, and kysely on the same connection. */
export interface Connection {
  raw: DatabaseSync
  query: Kysely<Tables>
  /** Prepared once, then reused. */
  prepare(sql: string): StatementSync
  run(sql: string): void
  close(): void
}

export function connect(file: string, readOnly: boolean): Connection {
  const raw = translated(() => new DatabaseSync(file, { readOnly, timeout: 5000 }))
  const statements = new Map<string, StatementSync>()
  const prepare = (sql: string): StatementSync => {
    const known = statements.get(sql)
    if (known) return known
    const made = raw.prepare(sql)
    statements.set(sql, made)
    return made
  }
  const database = kyselyDatabase(prepare)
  const query = new Kysely<Tables>({
    dialect: new SqliteDialect({ database }),
    plugins: [new CamelCasePlugin()],
  })
  return { raw, query, prepare, run: (sql) => translated(() => raw.exec(sql)), close: () => raw.close() }
}

/** Runs `act` and throws typed errors. */
export function translated<T>(act: () => T): T {
  try {
    return act()
  } catch (error) {
    throw typed(error)
  }
}

/** node:sqlite as kysely's SQLite dialect wants a database to look. */
const kyselyDatabase = (prepare: (sql: string) => StatementSync): SqliteDatabase => ({
  close: () => undefined,
  prepare: (sql) => {
    const statement = prepare(sql)
    const bound = (values: readonly unknown[]) => values.map(asInput)
    return {
      reader: statement.columns().length > 0,
      all: (values) => translated(() => statement.all(...bound(values))),
      run: (values) => translated(() => statement.run(...bound(values))),
      iterate: (values) => statement.iterate(...bound(values)),
    }
  },
})

function asInput(value: unknown): SQLInputValue {
  if (value === null || value === undefined) return null
  if (typeof value === 'boolean') return value ? 1 : 0
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'bigint') return value
  if (value instanceof Uint8Array) return value
  throw new TypeError(`no value for a database: ${typeof value}`)
}
