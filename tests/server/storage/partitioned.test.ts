import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openPostgres } from '../../../src/server/storage/postgres/open.ts'
import { entriesById } from '../../../src/server/storage/postgres/reads.ts'
import { Postgres } from '../../support/postgres.ts'
import { storageContract } from './contract.ts'
import { entry } from './samples.ts'

/** The tables that grow, spread by their logbook's hash: what Citus does over machines, done within one database. */
const grown = ['entries', 'records', 'corrections', 'tallies']
const parts = 8

/** Indexes and keys come along; where one lacks the logbook PostgreSQL refuses it. */
const spread = (table: string): string => `
  alter table ${table} rename to ${table}_whole;
  create table ${table} (like ${table}_whole including all) partition by hash (logbook);
  drop table ${table}_whole;
  ${Array.from(
    { length: parts },
    (_, i) =>
      `create table ${table}_${i} partition of ${table} for values with (modulus ${parts}, remainder ${i});`,
  ).join('\n')}`

let postgres: Postgres
let url: string
beforeAll(async () => {
  postgres = await Postgres.start()
  url = await postgres.database()
  await (await openPostgres({ url })).close()
  for (const table of grown) await postgres.ask(spread(table), url)
})
afterAll(() => postgres.end())

const emptied = async () => {
  await postgres.empty(url)
  return openPostgres({ url })
}

storageContract('PostgreSQL, spread by logbook', {
  open: emptied,
  reopen: async (storage) => {
    await storage.close()
    return openPostgres({ url })
  },
  end: (storage) => storage.close(),
})

describe('a database spread by logbook', () => {
  it('really has its rows in different parts, each logbook whole in one', async () => {
    const storage = await emptied()
    const logbooks = Array.from({ length: 40 }, (_, i) => `gate/${i}`)
    const rows = logbooks.flatMap((logbook) => [1, 2, 3].map((seq) => entry({ logbook, seq })))
    await storage.write((tx) => tx.insertEntries(rows))
    const found = await postgres.ask('select logbook, tableoid::regclass::text as part from entries', url)
    await storage.close()
    expect(found).toHaveLength(rows.length)
    expect(new Set(found.map((row) => row['part'])).size).toBeGreaterThan(parts / 2)
    for (const logbook of logbooks)
      expect(new Set(found.flatMap((row) => (row['logbook'] === logbook ? row['part'] : []))).size).toBe(1)
  })

  it('is asked for a page’s entries in the parts of its logbooks alone, and by their ids ([PU8])', async () => {
    const storage = await emptied()
    await storage.write((tx) => tx.insertEntries([1, 2, 3].map((seq) => entry({ logbook: 'gate/1', seq }))))
    await storage.close()
    const asked = entriesById.replace('$1', "'{gate/1}'").replace('$2', "'{a,b}'")
    const plan = await postgres.ask(`explain (analyze, costs off) ${asked}`, url)
    const lines = plan.map((row) => String(row['QUERY PLAN']))
    const used = lines.filter(
      (line) => /Index Scan using entries_\d/.test(line) && !line.includes('never executed'),
    )
    expect(used).toHaveLength(1)
    const conditions = lines.filter((line) => line.includes('Index Cond'))
    expect(conditions).toHaveLength(parts)
    for (const condition of conditions) expect(condition).toMatch(/\bid = .*logbook = |logbook = .*\bid = /)
  })
})
