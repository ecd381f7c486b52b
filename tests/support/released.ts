import { readFileSync } from 'node:fs'
import { DatabaseSync } from 'node:sqlite'
import { inRoot } from '../../scripts/lib/paths.mjs'
import type { Postgres } from './postgres.ts'

/** The versions whose databases are kept in `tests/fixtures`. */
export const released = ['0.1.0'] as const
export type Released = (typeof released)[number]

const dump = (version: Released, database: 'sqlite' | 'postgres'): string =>
  readFileSync(inRoot('tests', 'fixtures', `released-${version}.${database}.sql`), 'utf8')

/** Writes the database of that version to `file`, which is not there yet. */
export function writeReleased(version: Released, file: string): void {
  const db = new DatabaseSync(file)
  db.exec(dump(version, 'sqlite'))
  db.close()
}

/** An address of a database as that version left it. */
export async function releasedOn(postgres: Postgres, version: Released): Promise<string> {
  const url = await postgres.database()
  await postgres.ask(dump(version, 'postgres'), url)
  return url
}
