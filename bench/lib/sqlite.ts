import { DatabaseSync } from 'node:sqlite'

/** Every SQLite here is as durable as the product's: WAL, a flush to disk at each commit. */
export function openSqlite(file: string, schema: string): DatabaseSync {
  const db = new DatabaseSync(file)
  db.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;')
  db.exec(schema)
  return db
}

/** Runs `work` in one transaction; ms are the caller's to take. */
export function inTransaction<T>(db: DatabaseSync, work: () => T): T {
  db.exec('BEGIN IMMEDIATE')
  try {
    const result = work()
    db.exec('COMMIT')
    return result
  } catch (error) {
    db.exec('ROLLBACK')
    throw error
  }
}

export const numberOf = (value: unknown): number => {
  if (typeof value === 'number' || typeof value === 'bigint') return Number(value)
  throw new Error('no number')
}

export const textOf = (value: unknown): string => {
  if (typeof value === 'string') return value
  throw new Error('no text')
}
