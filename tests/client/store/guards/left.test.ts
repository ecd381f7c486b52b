import { IDBFactory, IDBKeyRange } from 'fake-indexeddb'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { makeKeyPair } from '../../../../src/client/platform/crypto.ts'
import { chance, vaultKey } from '../../../../src/client/platform/vaultCrypto.ts'
import { GatepostDb, putMeta } from '../../../../src/client/store/database.ts'
import {
  dropParcels,
  emptyShut,
  isGone,
  leftBehind,
  parcelsBack,
} from '../../../../src/client/store/guards/left.ts'
import { openVault, shutVault } from '../../../../src/client/store/guards/vault.ts'
import { firstChain, type CarriedRow } from '../../../../src/client/store/rows.ts'
import { saveProblem } from '../../../../src/client/store/trouble.ts'
import { hasUnsent, wipe } from '../../../../src/client/store/wipe.ts'

const parcel = (state: CarriedRow['state'] = 'waiting'): CarriedRow => ({
  ...{ id: 'p', text: 'sealed', at: 1, entries: 2 },
  state,
})
const late = { id: 'late', logbook: 'x', kind: 'passage', at: 9, line: 'late' }

const install = 'install'
let db: GatepostDb
let key: CryptoKey

beforeEach(async () => {
  db = await new GatepostDb({ name: 'gatepost', indexedDB: new IDBFactory(), IDBKeyRange }).ready()
  key = await vaultKey(chance(32))
  await db.keys.put({ install, ...(await makeKeyPair()) })
  await db.own.add({ id: 'a', logbook: 'x', kind: 'passage', at: 1, line: 'a' })
  await putMeta(db, { chain: { ...firstChain, sealedThrough: 1 }, sent: { through: 1 } })
})

afterEach(() => vi.restoreAllMocks())

describe('parcels of a guard who leaves', () => {
  it('stay while a carry step comes too late: it neither sees nor deletes them', async () => {
    await shutVault(db, key, [parcel()])
    expect(await parcelsBack(db)).toEqual([])
    await dropParcels(db, ['p'])
    expect(await db.carried.count()).toBe(1)
  })

  it('go once the guard is back, and what they were sealed with', async () => {
    await shutVault(db, key, [parcel()])
    await openVault(db, key)
    await db.relayed.put({
      ...{ id: 'p', text: 'sealed', replyKey: '', kid: '', pages: [1] },
      ...{ entries: 2, how: 'file', at: 1, handed: true },
    })
    expect((await parcelsBack(db)).map(({ id }) => id)).toEqual(['p'])
    await dropParcels(db, ['p'])
    expect([await db.carried.count(), await db.relayed.count()]).toEqual([0, 0])
  })
})

describe('a database whose guard has left', () => {
  it('takes no entry any more, and says why: saved means saved', async () => {
    await shutVault(db, key, [])
    const failure = await db.addOwn([late], install).catch((cause: unknown) => cause)
    expect(saveProblem(failure)).toBe('locked')
    expect(await db.own.count()).toBe(0)
    await openVault(db, key)
    expect(await db.addOwn([late], install)).toBe(2)
  })

  it('(failure mode 33) is not signed out, nor erased, by a tab that thinks it open', async () => {
    await shutVault(db, key, [parcel()])
    expect(await hasUnsent(db)).toBe(true)
    expect(await wipe(db)).toBe(false)
    expect(await openVault(db, key)).toBe(true)
    // Not every parcel has gone yet.
    expect(await wipe(db)).toBe(false)
    await dropParcels(db, ['p'])
    expect(await wipe(db)).toBe(true)
  })

  it('is there still, with nothing unsent and no name to be read', async () => {
    expect(await isGone(db)).toBe(true)
    await shutVault(db, key, [])
    expect(await isGone(db)).toBe(false)
  })

  it('is not shut over a renewal that was answered meanwhile', async () => {
    const encrypt = crypto.subtle.encrypt.bind(crypto.subtle)
    vi.spyOn(crypto.subtle, 'encrypt').mockImplementationOnce(async (...how) => {
      await putMeta(db, { chain: { ...firstChain, sealedThrough: 1, pageBase: 3 } })
      return encrypt(...how)
    })
    expect(await shutVault(db, key, [])).toBe(false)
    expect(await db.own.count()).toBe(1)
  })
})

describe('(failure mode 33) a vault that nobody opens any more is emptied', () => {
  it('not over a parcel on its way, nor over one that the centre refused', async () => {
    await shutVault(db, key, [parcel()])
    expect(await emptyShut(db)).toBe(false)
    await db.carried.put(parcel('refused'))
    expect(await emptyShut(db)).toBe(false)
    await db.carried.put(parcel('back'))
    expect(await emptyShut(db)).toBe(true)
    expect(await db.vault.count()).toBe(0)
    expect(await openVault(db, key)).toBe(false)
  })

  it('[PG2] not over an entry that no page holds, until its author has settled it', async () => {
    const stuck = { n: 1, id: 'a', code: 'unreadable', at: 1, held: false, here: true as const }
    await db.attention.put(stuck)
    await shutVault(db, key, [])
    expect(await leftBehind(db)).toEqual({ waiting: 0, refused: 1 })
    expect(await emptyShut(db)).toBe(false)
    await openVault(db, key)
    expect((await leftBehind(db)).refused).toBe(0)
    await db.attention.put({ ...stuck, done: true })
    await shutVault(db, key, [])
    expect(await emptyShut(db)).toBe(true)
  })

  it('not over one that is open', async () => {
    expect(await emptyShut(db)).toBe(false)
    expect(await db.own.count()).toBe(1)
  })
})
