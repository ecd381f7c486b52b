import { createHash } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { DatabaseNewer, NotADatabase, StorageUnavailable } from '../../../src/server/storage/errors.ts'
import { migrationNames } from '../../../src/server/storage/migrations/index.ts'
import { openSqlite } from '../../../src/server/storage/sqlite/open.ts'
import type { Storage } from '../../../src/server/storage/storage.ts'
import { newFolder, removeFolder } from '../../support/folders.ts'
import { storageContract } from './contract.ts'
import { entry } from './samples.ts'

const files = new Map<Storage, string>()
const open = async (file: string): Promise<Storage> => {
  const storage = await openSqlite({ file, durable: false })
  files.set(storage, file)
  return storage
}

storageContract('SQLite', {
  open: () => open(join(newFolder('contract'), 'test.db')),
  reopen: async (storage) => {
    await storage.close()
    return open(files.get(storage) ?? '')
  },
  end: async (storage) => {
    await storage.close()
    removeFolder(join(files.get(storage) ?? '', '..'))
  },
})

describe('a SQLite file', () => {
  let folder: string
  let file: string
  beforeEach(() => {
    folder = newFolder('sqlite')
    file = join(folder, 'gatepost.db')
  })
  afterEach(() => removeFolder(folder))
  const digest = (): string => createHash('sha256').update(readFileSync(file)).digest('hex')
  const alter = (sql: string): void => {
    const db = new DatabaseSync(file)
    db.exec(sql)
    db.close()
  }

  it('is durable by default: WAL and a flush with each commit', async () => {
    await (await openSqlite({ file })).close()
    const db = new DatabaseSync(file)
    expect(db.prepare('pragma journal_mode').get()).toEqual({ journal_mode: 'wal' })
    db.close()
  })

  it('of a newer version is refused by name and left as it is', async () => {
    await (await openSqlite({ file })).close()
    alter("insert into kysely_migration (name, timestamp) values ('9999-later', '')")
    const before = digest()
    await expect(openSqlite({ file })).rejects.toThrow(DatabaseNewer)
    await expect(openSqlite({ file })).rejects.toThrow('9999-later')
    expect(digest()).toBe(before)
  })

  it('that is no database, or somebody else’s, is refused and left as it is', async () => {
    writeFileSync(file, 'a shopping list, long enough to be read as a header '.repeat(50))
    const before = digest()
    await expect(openSqlite({ file })).rejects.toThrow(NotADatabase)
    expect(digest()).toBe(before)
    file = join(folder, 'other.db')
    alter('create table songs (name text)')
    await expect(openSqlite({ file })).rejects.toThrow(NotADatabase)
  })

  it('in a folder that is not there, or of which SQLite may not grow, says that storage is unavailable', async () => {
    await expect(openSqlite({ file: join(folder, 'none', 'x.db') })).rejects.toThrow(StorageUnavailable)
  })

  it('[PU5] that is full stores nothing of the transaction, says so, and works again when there is room', async () => {
    const storage = await openSqlite({ file })
    await storage.write((tx) => tx.setMeta('a', '1'))
    const fill = new DatabaseSync(file)
    const pages = Number(fill.prepare('pragma page_count').get()?.['page_count'])
    fill.close()
    const big = Array.from({ length: 2000 }, (_, i) => entry({ seq: i + 1, line: 'x'.repeat(2000) }))
    // The limit on pages is what a full disk is to SQLite (SQLITE_FULL).
    await storage.close()
    const limited = await openSqlite({ file, pagesAtMost: pages + 20 })
    const failure = limited.write(async (tx) => {
      await tx.setMeta('a', '2')
      await tx.insertEntries(big)
    })
    await expect(failure).rejects.toMatchObject({ name: 'StorageUnavailable', reason: 'full' })
    expect(await limited.meta('a')).toBe('1')
    await limited.write((tx) => tx.setMeta('a', '3'))
    expect(await limited.meta('a')).toBe('3')
    await limited.close()
  })
})

describe('migrations', () => {
  it('have names that sort by their number, without a gap', () => {
    const numbers = migrationNames.map((name) => Number(name.slice(0, 4)))
    expect(numbers).toEqual(numbers.map((_, i) => i + 1))
  })

  it('of a newer program are noticed while this one runs', async () => {
    const folder = newFolder('migrations')
    const file = join(folder, 'test.db')
    const storage = await openSqlite({ file })
    const db = new DatabaseSync(file)
    db.exec("insert into kysely_migration (name, timestamp) values ('9999-later', '')")
    expect(await storage.ahead()).toBe('9999-later')
    db.close()
    await storage.close()
    removeFolder(folder)
  })

  it('are applied once', async () => {
    const folder = newFolder('migrations')
    const file = join(folder, 'test.db')
    await (await openSqlite({ file })).close()
    await (await openSqlite({ file })).close()
    const db = new DatabaseSync(file)
    const applied = db.prepare('select name from kysely_migration order by name').all()
    expect(applied.map((row) => row['name'])).toEqual(migrationNames)
    db.close()
    removeFolder(folder)
  })

  it('0001 makes tables that have the logbook in the key of everything that belongs to one', async () => {
    const folder = newFolder('migrations')
    const file = join(folder, 'test.db')
    await (await openSqlite({ file })).close()
    const db = new DatabaseSync(file)
    for (const table of ['entries', 'records', 'corrections', 'tallies']) {
      const columns = db.prepare(`select name, pk from pragma_table_info('${table}')`).all()
      expect(columns.find((row) => row['pk'] === 1)?.['name']).toBe('logbook')
      expect(db.prepare(`select * from pragma_foreign_key_list('${table}')`).all()).toEqual([])
      const unique = db.prepare(`select name from pragma_index_list('${table}') where "unique" = 1`).all()
      for (const { name } of unique) {
        const indexed = db.prepare(`select name from pragma_index_info('${String(name)}')`).all()
        expect(indexed.map((row) => row['name'])).toContain('logbook')
      }
    }
    db.close()
    removeFolder(folder)
  })
})
