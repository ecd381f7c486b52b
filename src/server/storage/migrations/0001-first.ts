import { sql, type Kysely } from 'kysely'
import { textOf, type Dialect, type Text } from './dialect.ts'

/**
 * The first tables. Whatever belongs to a logbook has it in every key, so that logbooks can be spread over several
 * databases; nothing refers from one table to another. Names are written as they stand in the database.
 */
export async function firstTables(db: Kysely<unknown>, dialect: Dialect): Promise<void> {
  const text = textOf(dialect)
  await centreTables(db, text)
  await peopleTables(db, text)
  await logTables(db, dialect)
  await viewTables(db, dialect)
}

async function centreTables(db: Kysely<unknown>, text: Text): Promise<void> {
  await db.schema
    .createTable('meta')
    .addColumn('key', text, (c) => c.primaryKey())
    .addColumn('value', text, (c) => c.notNull())
    .execute()
  await db.schema
    .createTable('logbooks')
    .addColumn('id', text, (c) => c.primaryKey())
    .addColumn('purpose', text, (c) => c.notNull())
    .addColumn('place', text, (c) => c.notNull())
    .addColumn('path', text, (c) => c.notNull())
    .addColumn('head', 'bigint', (c) => c.notNull())
    .execute()
  await db.schema
    .createTable('logbook_places')
    .addColumn('place', text, (c) => c.notNull())
    .addColumn('logbook', text, (c) => c.notNull())
    .addPrimaryKeyConstraint('logbook_places_key', ['place', 'logbook'])
    .execute()
  await db.schema.createIndex('logbook_places_by_logbook').on('logbook_places').column('logbook').execute()
}

async function peopleTables(db: Kysely<unknown>, text: Text): Promise<void> {
  await db.schema
    .createTable('installs')
    .addColumn('id', text, (c) => c.primaryKey())
    .addColumn('member', text, (c) => c.notNull())
    .addColumn('community', text, (c) => c.notNull())
    .addColumn('key', text, (c) => c.notNull())
    .addColumn('device', text, (c) => c.notNull())
    .addColumn('enrolled', 'bigint', (c) => c.notNull())
    .addColumn('last_heard', 'bigint')
    .addColumn('unsent', 'bigint')
    .addColumn('received', 'bigint', (c) => c.notNull())
    .addColumn('app', text)
    .addColumn('status', text, (c) => c.notNull())
    .addColumn('renewed_to', text)
    .addColumn('centre', 'integer', (c) => c.notNull())
    .execute()
  await db.schema.createIndex('installs_by_community').on('installs').column('community').execute()
  await db.schema.createIndex('installs_by_member').on('installs').column('member').execute()
  await db.schema
    .createTable('invitations')
    .addColumn('id', text, (c) => c.primaryKey())
    .addColumn('token_hash', text, (c) => c.notNull().unique())
    .addColumn('setup', 'integer', (c) => c.notNull())
    .addColumn('member', text)
    .addColumn('name', text)
    .addColumn('grants', text, (c) => c.notNull())
    .addColumn('community', text, (c) => c.notNull())
    .addColumn('created_by', text, (c) => c.notNull())
    .addColumn('created', 'bigint', (c) => c.notNull())
    .addColumn('expires', 'bigint', (c) => c.notNull())
    .addColumn('used_at', 'bigint')
    .addColumn('thumbprint', text)
    .addColumn('install', text)
    .execute()
  await db.schema.createIndex('invitations_by_community').on('invitations').column('community').execute()
}

async function logTables(db: Kysely<unknown>, dialect: Dialect): Promise<void> {
  const text = textOf(dialect)
  await db.schema
    .createTable('pages')
    .addColumn('install', text, (c) => c.notNull())
    .addColumn('page', 'bigint', (c) => c.notNull())
    .addColumn('hash', text, (c) => c.notNull())
    .addColumn('prev', text, (c) => c.notNull())
    .addColumn('first', 'bigint', (c) => c.notNull())
    .addColumn('count', 'bigint', (c) => c.notNull())
    .addColumn('header_line', text, (c) => c.notNull())
    .addColumn('signature', text, (c) => c.notNull())
    .addColumn('received', 'bigint', (c) => c.notNull())
    .addColumn('outcome', text, (c) => c.notNull())
    .addPrimaryKeyConstraint('pages_key', ['install', 'page', 'hash'])
    .execute()
  const entries = db.schema
    .createTable('entries')
    .addColumn('logbook', text, (c) => c.notNull())
    .addColumn('seq', 'bigint', (c) => c.notNull())
    .addColumn('id', text, (c) => c.notNull())
    .addColumn('install', text, (c) => c.notNull())
    .addColumn('n', 'bigint', (c) => c.notNull())
    .addColumn('page', 'bigint', (c) => c.notNull())
    .addColumn('kind', text, (c) => c.notNull())
    .addColumn('record', text)
    .addColumn('post', text)
    .addColumn('at', 'bigint', (c) => c.notNull())
    .addColumn('received', 'bigint', (c) => c.notNull())
    .addColumn('flags', text)
    .addColumn('line', text)
    .addColumn('mask', text)
    .addColumn('digest', text)
    .addPrimaryKeyConstraint('entries_key', ['logbook', 'seq'])
  // Rows lie in the order of their key there, so that a pull reads neighbours.
  await (dialect === 'sqlite' ? entries.modifyEnd(sql`without rowid`) : entries).execute()
  await db.schema.createIndex('entries_by_id').on('entries').columns(['id', 'logbook']).unique().execute()
}

async function viewTables(db: Kysely<unknown>, dialect: Dialect): Promise<void> {
  const text = textOf(dialect)
  await db.schema
    .createTable('records')
    .addColumn('logbook', text, (c) => c.notNull())
    .addColumn('kind', text, (c) => c.notNull())
    .addColumn('id', text, (c) => c.notNull())
    .addColumn('seq', 'bigint', (c) => c.notNull())
    .addColumn('at', 'bigint', (c) => c.notNull())
    .addColumn('body', text, (c) => c.notNull())
    .addColumn('masked', text)
    .addColumn('fields', text, (c) => c.notNull())
    .addColumn('lost', text)
    .addPrimaryKeyConstraint('records_key', ['logbook', 'kind', 'id'])
    .execute()
  await db.schema.createIndex('records_by_seq').on('records').columns(['logbook', 'seq']).unique().execute()
  await db.schema
    .createTable('corrections')
    .addColumn('logbook', text, (c) => c.notNull())
    .addColumn('target', text, (c) => c.notNull())
    .addColumn('entry', text, (c) => c.notNull())
    .addColumn('seq', 'bigint', (c) => c.notNull())
    .addColumn('body', text, (c) => c.notNull())
    .addPrimaryKeyConstraint('corrections_key', ['logbook', 'target', 'entry'])
    .execute()
  await db.schema
    .createTable('tallies')
    .addColumn('logbook', text, (c) => c.notNull())
    .addColumn('hour', 'bigint', (c) => c.notNull())
    .addColumn('post', text, (c) => c.notNull())
    .addColumn('metric', text, (c) => c.notNull())
    .addColumn('n', 'bigint', (c) => c.notNull())
    .addPrimaryKeyConstraint('tallies_key', ['logbook', 'hour', 'post', 'metric'])
    .execute()
  await db.schema
    .createTable('quarantine')
    .addColumn('id', dialect === 'sqlite' ? 'integer' : 'bigint', (c) =>
      dialect === 'sqlite' ? c.primaryKey().autoIncrement() : c.primaryKey().generatedAlwaysAsIdentity(),
    )
    .addColumn('install', text, (c) => c.notNull())
    .addColumn('member', text, (c) => c.notNull())
    .addColumn('community', text, (c) => c.notNull())
    .addColumn('n', 'bigint', (c) => c.notNull())
    .addColumn('page', 'bigint', (c) => c.notNull())
    .addColumn('code', text, (c) => c.notNull())
    .addColumn('held', 'integer', (c) => c.notNull())
    .addColumn('logbook', text, (c) => c.notNull())
    .addColumn('line', text, (c) => c.notNull())
    .addColumn('received', 'bigint', (c) => c.notNull())
    .addColumn('arrival_off', 'bigint')
    .addColumn('status', text, (c) => c.notNull())
    .execute()
  await db.schema
    .createIndex('quarantine_by_community')
    .on('quarantine')
    .columns(['community', 'id'])
    .execute()
  await db.schema
    .createIndex('quarantine_held')
    .on('quarantine')
    .columns(['held', 'status', 'logbook'])
    .execute()
}
