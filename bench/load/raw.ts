import fs from 'node:fs'
import path from 'node:path'
import { Pool } from 'pg'
import { inTransaction, openSqlite } from '../lib/sqlite.ts'

/** An id and a text, as bare as a durable insert can be. */
export type Row = readonly [id: string, body: string]

/** Rows a second into a bare table of SQLite, a flush to disk after every `batch` rows. */
export function rawSqlite(dir: string, rows: readonly Row[], batch: number): number {
  const file = path.join(dir, `raw-${batch}.db`)
  const db = openSqlite(
    file,
    'create table e (seq integer primary key, id text not null unique, body text not null)',
  )
  const put = db.prepare('insert into e (id, body) values (?, ?)')
  const begun = performance.now()
  for (let i = 0; i < rows.length; i += batch)
    inTransaction(db, () => rows.slice(i, i + batch).forEach(([id, body]) => put.run(id, body)))
  const ms = performance.now() - begun
  db.close()
  for (const end of ['', '-wal', '-shm']) fs.rmSync(file + end, { force: true })
  return (rows.length / ms) * 1000
}

/** Rows a second by inserts of `batch` rows through pg, over so many connections, each insert a commit. */
export async function rawPostgres(
  url: string,
  rows: readonly Row[],
  batch: number,
  connections: number,
): Promise<number> {
  const pool = new Pool({ connectionString: url, max: connections })
  const table = `raw_${batch}_${connections}`
  await pool.query(
    `create table ${table} (seq bigserial primary key, id text not null unique, body text not null)`,
  )
  const places = Array.from({ length: batch }, (_, i) => `($${2 * i + 1}, $${2 * i + 2})`).join(', ')
  const text = `insert into ${table} (id, body) values ${places}`
  let at = 0
  const begun = performance.now()
  await Promise.all(
    Array.from({ length: connections }, async () => {
      const client = await pool.connect()
      while (at < rows.length) {
        const part = rows.slice(at, (at += batch))
        if (part.length === batch) await client.query({ name: table, text, values: part.flat() })
      }
      client.release()
    }),
  )
  const ms = performance.now() - begun
  await pool.query(`drop table ${table}`)
  await pool.end()
  return (rows.length / ms) * 1000
}
