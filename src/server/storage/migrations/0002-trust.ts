import { type Kysely } from 'kysely'
import { textOf, type Dialect } from './dialect.ts'

/**
 * What makes tampering show and reading accountable: the digests of a page's lines, which outlive the lines, and who
 * read in bulk. Pages from before have no digests.
 */
export async function trustTables(db: Kysely<unknown>, dialect: Dialect): Promise<void> {
  const text = textOf(dialect)
  await db.schema.alterTable('pages').addColumn('digests', text).execute()
  // It may be there: going back from an update by `pg_restore --clean` leaves tables that the copy does not know.
  const reads = db.schema.createTable('bulk_reads').ifNotExists()
  const numbered =
    dialect === 'sqlite'
      ? reads.addColumn('id', 'integer', (c) => c.primaryKey().autoIncrement())
      : reads.addColumn('id', 'bigint', (c) => c.primaryKey().generatedAlwaysAsIdentity())
  await numbered
    .addColumn('at', 'bigint', (c) => c.notNull())
    .addColumn('community', text, (c) => c.notNull())
    .addColumn('install', text, (c) => c.notNull())
    .addColumn('member', text, (c) => c.notNull())
    .addColumn('act', text, (c) => c.notNull())
    .addColumn('logbook', text, (c) => c.notNull())
    .addColumn('rows', 'bigint', (c) => c.notNull())
    .execute()
  await db.schema
    .createIndex('bulk_reads_by_community')
    .ifNotExists()
    .on('bulk_reads')
    .columns(['community', 'id'])
    .execute()
}
