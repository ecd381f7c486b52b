import { IDBFactory, IDBKeyRange } from 'fake-indexeddb'
import { describe, expect, it } from 'vitest'
import { GatepostDb } from '../../../src/client/store/database.ts'
import { schemaSteps, schemaVersion } from '../../../src/client/store/schema.ts'

const next = { version: schemaVersion + 1, tables: { samples: 'id' } }
const row = { id: 'a', logbook: 'x', kind: 'passage', at: 1, line: '{"note":"sample"}' }

const open = (indexedDB: IDBFactory, steps = schemaSteps) =>
  new GatepostDb({ name: 'gatepost', indexedDB, IDBKeyRange, steps })

/** A phone with an unsent entry, written by the version before. */
async function disk(): Promise<IDBFactory> {
  const indexedDB = new IDBFactory()
  const db = await open(indexedDB).ready()
  await db.own.add({ ...row })
  db.close()
  return indexedDB
}

/** The battery dies within the upgrade, after it has begun to change things. */
const crash = (indexedDB: IDBFactory): Promise<void> =>
  new Promise((done) => {
    const opening = indexedDB.open('gatepost', next.version * 10)
    opening.onupgradeneeded = () => {
      opening.result.createObjectStore('samples', { keyPath: 'id' })
      opening.transaction?.objectStore('own').clear()
      opening.transaction?.abort()
    }
    opening.onerror = () => done()
  })

describe('a crash within an upgrade of the database (failure mode 6)', () => {
  it('leaves the old version as it was, for the old app', async () => {
    const indexedDB = await disk()
    await crash(indexedDB)
    const db = await open(indexedDB).ready()
    expect(await db.own.toArray()).toEqual([{ n: 1, ...row }])
    expect(db.backendDB().version).toBe(schemaVersion * 10)
    db.close()
  })

  it('is followed by an upgrade that goes through and keeps every unsent entry and the counter', async () => {
    const indexedDB = await disk()
    await crash(indexedDB)
    const db = open(indexedDB, [...schemaSteps, next])
    await db.open()
    expect(db.backendDB().version).toBe(next.version * 10)
    expect(await db.own.toArray()).toEqual([{ n: 1, ...row }])
    expect(await db.own.add({ ...row, id: 'b' })).toBe(2)
    db.close()
  })
})
