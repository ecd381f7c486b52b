import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { v7 } from 'uuid'
import { openPostgres } from '../../src/server/storage/postgres/open.ts'
import { openSqlite } from '../../src/server/storage/sqlite/open.ts'
import type { Storage } from '../../src/server/storage/storage.ts'
import { newFolder, removeFolder } from './folders.ts'
import { Postgres } from './postgres.ts'
import { centreOn, type TestCentre } from './testCentre.ts'
import type { TestPhone } from './testPhone.ts'

/** A database that somebody may reach into. */
export interface Open {
  storage: Storage
  sql(text: string): Promise<void>
  end(): Promise<void>
}

/** Where databases are made, one after another. */
export interface Maker {
  open(): Promise<Open>
  end(): Promise<void>
}

async function inFolder(): Promise<Open> {
  const folder = newFolder('tampering')
  const file = join(folder, 'test.db')
  const storage = await openSqlite({ file, durable: false })
  const db = new DatabaseSync(file, { timeout: 5000 })
  const end = async () => {
    db.close()
    await storage.close()
    removeFolder(folder)
  }
  return { storage, sql: (text) => Promise.resolve(db.exec(text)), end }
}

async function inPostgres(postgres: Postgres): Promise<Open> {
  const url = await postgres.database()
  const storage = await openPostgres({ url })
  const sql = async (text: string) => void (await postgres.ask(text, url))
  return { storage, sql, end: () => storage.close() }
}

export const makers: Readonly<Record<'SQLite' | 'PostgreSQL', () => Promise<Maker>>> = {
  SQLite: () => Promise.resolve({ open: inFolder, end: () => Promise.resolve() }),
  PostgreSQL: async () => {
    const postgres = await Postgres.start()
    return { open: () => inPostgres(postgres), end: () => postgres.end() }
  },
}

export interface Story {
  centre: TestCentre
  coordinator: TestPhone
  guard: TestPhone
  gate: string
  homes: string
  /** The guard's entries in the gate's logbook, first page to last. */
  ids: string[]
}

/** Three pages of a guard's, a home, one entry that is not permitted, one that came twice, a correction. */
export async function storyOn(storage: Storage): Promise<Story> {
  const centre = await centreOn(storage)
  const here = await centre.found()
  const { gate, post, compound, coordinator } = here
  const homes = gate.replace('gate/', 'homes/')
  const people = [{ name: '张三', phone: '138 0013 8000' }, { name: '周五' }]
  const home = { home: '3-2-501', people, plates: ['京A12345'], note: '张三 works at night' }
  const record = v7()
  await coordinator.push([{ kind: 'household', logbook: homes, record, body: home }])
  const guard = await here.join('李四', [{ role: 'guard', place: compound }])
  const facts = Array.from({ length: 9 }, (_, i) => ({
    ...{ id: v7(), kind: 'reading', logbook: gate, at: centre.clock.now + i },
    body: { post, celsius: 36.5, fever: false, home: '3-2-501', ...(i % 3 === 0 ? { name: '张三' } : {}) },
  }))
  const correction = {
    kind: 'correction',
    logbook: gate,
    body: { target: facts[0]?.id, patch: { celsius: 36.9 } },
  }
  await guard.push(facts.slice(0, 3))
  await guard.push([
    ...facts.slice(3, 6),
    { kind: 'household', logbook: homes, record, body: home },
    correction,
  ])
  await guard.push([...facts.slice(6), ...facts.slice(0, 1)])
  return { centre, coordinator, guard, gate, homes, ids: facts.map(({ id }) => id) }
}
