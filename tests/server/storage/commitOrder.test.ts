import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openPostgres } from '../../../src/server/storage/postgres/open.ts'
import { openSqlite } from '../../../src/server/storage/sqlite/open.ts'
import { newFolder, removeFolder } from '../../support/folders.ts'
import { Postgres } from '../../support/postgres.ts'
import { expectedRows, writeAndFollow } from './commitOrder.ts'

let postgres: Postgres
beforeAll(async () => void (postgres = await Postgres.start()))
afterAll(() => postgres.end())

/** Two processes' worth of connections to one database. */
async function twoDoors() {
  const url = await postgres.database()
  const doors = [await openPostgres({ url, writers: 8 }), await openPostgres({ url, writers: 8 })]
  const close = async (): Promise<void> => {
    for (const door of doors) await door.close()
    await postgres.drop(url)
  }
  return { doors, close }
}

async function oneFile() {
  const folder = newFolder('commit-order')
  const storage = await openSqlite({ file: join(folder, 'test.db'), durable: false })
  const close = async (): Promise<void> => {
    await storage.close()
    removeFolder(folder)
  }
  return { storage, close }
}

describe('[PL2] order numbers are seen in the order of commits (failure mode 23)', () => {
  it.each([1, 2, 3])('PostgreSQL, 16 writers: a poller misses nothing (seed %i)', async (seed) => {
    const { doors, close } = await twoDoors()
    const { stored, seen } = await writeAndFollow(doors, 'logbook', seed)
    expect(stored).toHaveLength(expectedRows)
    expect(seen).toEqual(stored)
    await close()
  })

  it('PostgreSQL, 16 writers: with numbers from a sequence the same poller misses rows', async () => {
    const { doors, close } = await twoDoors()
    const { stored, seen } = await writeAndFollow(doors, 'sequence', 1)
    expect(stored).toHaveLength(expectedRows)
    expect(seen.length).toBeLessThan(stored.length)
    await close()
  })

  it.each([1, 2, 3])('SQLite, 16 writers: a poller misses nothing (seed %i)', async (seed) => {
    const { storage, close } = await oneFile()
    const { stored, seen } = await writeAndFollow([storage], 'logbook', seed)
    expect(stored).toHaveLength(expectedRows)
    expect(seen).toEqual(stored)
    await close()
  })

  it('SQLite, 16 writers: with numbers from a sequence the same poller misses rows', async () => {
    const { storage, close } = await oneFile()
    const { stored, seen } = await writeAndFollow([storage], 'sequence', 1)
    expect(stored).toHaveLength(expectedRows)
    expect(seen.length).toBeLessThan(stored.length)
    await close()
  })
})
