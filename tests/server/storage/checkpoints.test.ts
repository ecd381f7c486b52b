import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { Checkpoints } from '../../../src/server/storage/sqlite/checkpoints.ts'
import { connect } from '../../../src/server/storage/sqlite/connection.ts'
import { openSqlite } from '../../../src/server/storage/sqlite/open.ts'
import type { Storage } from '../../../src/server/storage/storage.ts'
import { newFolder, removeFolder } from '../../support/folders.ts'
import { until } from '../../support/waiting.ts'
import { entry } from './samples.ts'

/** Of 2 kB each, so that a thousand of them are some 600 pages of the journal. */
const rows = (from: number, count: number) =>
  Array.from({ length: count }, (_, i) =>
    entry({ seq: from + i, id: `id-${from + i}`, n: from + i, line: 'x'.repeat(2000) }),
  )

/** Pages of the journal, and how many of them are in the file, as anybody beside the server sees them. */
function journalOf(file: string): { log: number; inFile: number } {
  const db = new DatabaseSync(file)
  const { log, checkpointed } = db.prepare('pragma wal_checkpoint(noop)').get() ?? {}
  db.close()
  return { log: Number(log), inFile: Number(checkpointed) }
}

describe('the journal of a SQLite file', () => {
  let folder: string
  let file: string
  beforeEach(() => {
    folder = newFolder('checkpoints')
    file = join(folder, 'gatepost.db')
  })
  afterEach(() => removeFolder(folder))
  const fill = async (storage: Storage, groups: number): Promise<void> => {
    for (let i = 0; i < groups; i++) await storage.write((tx) => tx.insertEntries(rows(i * 1000 + 1, 1000)))
  }

  it('is left alone while it is short', async () => {
    const storage = await openSqlite({ file, durable: false })
    await fill(storage, 1)
    const { log, inFile } = journalOf(file)
    expect(log).toBeGreaterThan(500)
    expect(inFile).toBe(0)
    await storage.close()
  })

  it('is brought into the file by a thread long before the writer would have to', async () => {
    const storage = await openSqlite({ file, durable: false })
    await fill(storage, 5)
    await until('most of the journal is in the file', () => journalOf(file).inFile > 2000, 20_000)
    expect(
      await storage.entries({ logbook: rows(1, 1)[0]?.logbook ?? '', after: 0, limit: 10_000 }),
    ).toHaveLength(5000)
    await storage.close()
  })

  it('is gone when the database is closed: the thread has let go of it', async () => {
    const storage = await openSqlite({ file, durable: false })
    await fill(storage, 5)
    await storage.close()
    expect(existsSync(file)).toBe(true)
    expect(existsSync(`${file}-wal`)).toBe(false)
  })

  it('grows on, and nothing else, where the thread can’t begin', async () => {
    await (await openSqlite({ file, durable: false })).close()
    const writer = connect(file, false)
    writer.run('pragma wal_autocheckpoint = 0; pragma synchronous = off')
    const put = writer.prepare('insert into meta (key, value) values (?, ?)')
    writer.run('begin')
    for (let i = 0; i < 5000; i++) put.run(`key-${i}`, 'x'.repeat(2000))
    writer.run('commit')
    const before = journalOf(file)
    expect(before.log).toBeGreaterThan(2000)

    const nowhere = new Checkpoints(join(folder, 'none', 'gatepost.db'), writer)
    // A second one is tried when the first has ended.
    for (let i = 0; i < 2; i++) {
      nowhere.look()
      await nowhere.close()
    }
    expect(journalOf(file)).toEqual(before)
    put.run('later', '1')

    const there = new Checkpoints(file, writer)
    there.look()
    await there.close()
    expect(journalOf(file).inFile).toBeGreaterThan(2000)
    writer.close()
  })

  it('fails no commit, whatever happens to it', async () => {
    await (await openSqlite({ file, durable: false })).close()
    const writer = connect(file, false)
    const checkpoints = new Checkpoints(file, writer)
    writer.close()
    expect(() => checkpoints.look()).not.toThrow()
    await checkpoints.close()
  })
})
