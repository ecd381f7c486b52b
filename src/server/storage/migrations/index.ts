import type { Kysely } from 'kysely'
import { Migrator, type Migration } from 'kysely/migration'
import { DatabaseNewer } from '../errors.ts'
import { firstTables } from './0001-first.ts'
import { trustTables } from './0002-trust.ts'
import type { Dialect } from './dialect.ts'

type Step = (db: Kysely<unknown>, dialect: Dialect) => Promise<void>

/** In order of name. A released one is never changed; what comes later is a further one. */
const steps: Readonly<Record<string, Step>> = {
  '0001-first': firstTables,
  '0002-trust': trustTables,
}

export const migrationNames: readonly string[] = Object.keys(steps)

/** Throws `DatabaseNewer` where a migration was applied that this version does not have. */
export function refuseNewer(applied: readonly string[]): void {
  const unknown = applied.find((name) => !Object.hasOwn(steps, name))
  if (unknown !== undefined) throw new DatabaseNewer(unknown)
}

/** Applies what is missing, up to `last` or to the newest. The caller holds a transaction where the database has them for DDL. */
export async function migrate<T>(db: Kysely<T>, dialect: Dialect, last?: string): Promise<void> {
  const migrations = Object.fromEntries(
    Object.entries(steps).map(([name, step]): [string, Migration] => [
      name,
      { up: (inner) => step(inner, dialect) },
    ]),
  )
  const migrator = new Migrator({ db, provider: { getMigrations: () => Promise.resolve(migrations) } })
  const { error } = last === undefined ? await migrator.migrateToLatest() : await migrator.migrateTo(last)
  if (error) throw error
}
