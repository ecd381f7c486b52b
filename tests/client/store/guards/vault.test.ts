import fc from 'fast-check'
import { IDBFactory, IDBKeyRange } from 'fake-indexeddb'
import { describe, expect, it } from 'vitest'
import { chance, vaultKey } from '../../../../src/client/platform/vaultCrypto.ts'
import { GatepostDb, putMeta } from '../../../../src/client/store/database.ts'
import { freeSlot } from '../../../../src/client/store/guards/registry.ts'
import { isShut } from '../../../../src/client/store/guards/left.ts'
import { openVault, shutVault } from '../../../../src/client/store/guards/vault.ts'
import { firstChain } from '../../../../src/client/store/rows.ts'

const key = () => vaultKey(chance(32))

async function database(lines: readonly string[]): Promise<GatepostDb> {
  const db = await new GatepostDb({ name: 'gatepost', indexedDB: new IDBFactory(), IDBKeyRange }).ready()
  await db.own.bulkAdd(lines.map((line, i) => ({ id: `${i}`, logbook: 'x', kind: 'passage', at: i, line })))
  await db.prefs.put({ key: 'gate', value: { name: '样本门' } })
  await putMeta(db, { chain: { ...firstChain, sealedThrough: lines.length } })
  return db
}

const contents = async (db: GatepostDb) =>
  Object.fromEntries(await Promise.all(db.tables.map(async (t) => [t.name, await t.toArray()] as const)))

/** All that somebody reads who opens the database with the browser's tools. */
const readable = async (db: GatepostDb) => JSON.stringify(await contents(db))

describe('the vault of a guard who is not at the gate', () => {
  it('takes everything out of sight and gives it back as it was, whatever it is', async () => {
    const line = fc.string({ minLength: 1, unit: 'grapheme' })
    await fc.assert(
      fc.asyncProperty(fc.array(line, { maxLength: 20 }), async (lines) => {
        const db = await database(lines)
        const before = await contents(db)
        const opens = await key()
        expect(await shutVault(db, opens, [])).toBe(true)
        expect(await isShut(db)).toBe(true)
        expect(await readable(db)).not.toContain('样本门')
        expect(await db.own.count()).toBe(0)
        expect(await openVault(db, opens)).toBe(true)
        expect(await contents(db)).toEqual(before)
        db.close()
      }),
      { numRuns: 15 },
    )
  })

  it('is cut into parts where there is much; one that is missing, moved or altered opens nothing', async () => {
    const db = await database(Array.from({ length: 5 }, (_, i) => `${i}`.repeat(600_000)))
    const opens = await key()
    await shutVault(db, opens, [])
    const parts = await db.vault.toArray()
    expect(parts.length).toBeGreaterThan(3)
    const [first, second] = parts
    if (!first || !second) throw new Error('there are two parts at least')
    const tamperings = [
      () => db.vault.delete(parts.length - 1),
      () =>
        db.vault.bulkPut([
          { ...first, part: 1 },
          { ...second, part: 0 },
        ]),
      () => db.vault.put({ ...first, data: first.data.map((byte, i) => (i === 40 ? byte ^ 1 : byte)) }),
    ]
    for (const tamper of tamperings) {
      await tamper()
      expect(await openVault(db, opens)).toBe(false)
      expect(await db.own.count()).toBe(0)
      await db.vault.bulkPut(parts)
    }
    expect(await openVault(db, await key())).toBe(false)
    expect(await openVault(db, opens)).toBe(true)
    expect(await db.own.count()).toBe(5)
  })

  it('is not shut over an entry that no page holds yet', async () => {
    const db = await database(['a', 'b'])
    await db.own.add({ id: 'late', logbook: 'x', kind: 'passage', at: 9, line: 'late' })
    const before = await contents(db)
    expect(await shutVault(db, await key(), [])).toBe(false)
    expect(await contents(db)).toEqual(before)
  })

  it('loses no entry that another tab saves a moment too late: counter and entry are there afterwards', async () => {
    const db = await database(['a', 'b'])
    const opens = await key()
    await shutVault(db, opens, [])
    const row = { id: 'late', logbook: 'x', kind: 'passage', at: 9, line: 'late' }
    expect(await db.own.add(row)).toBe(3)
    await openVault(db, opens)
    expect((await db.own.toArray()).map(({ n, id }) => [n, id])).toEqual([
      [1, '0'],
      [2, '1'],
      [3, 'late'],
    ])
  })
})

describe('the next guard’s database', () => {
  it('is the first whose name nobody has', () => {
    expect(freeSlot([])).toBe('gatepost')
    expect(freeSlot(['gatepost'])).toBe('gatepost-2')
    expect(freeSlot(['gatepost', 'gatepost-3', 'gatepost-2'])).toBe('gatepost-4')
    expect(freeSlot(['gatepost-2'])).toBe('gatepost')
  })
})
