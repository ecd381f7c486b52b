import { Dexie, type Table } from 'dexie'
import { afterTry, afterWaiting, noTries, type Tries } from '../../../domain/rules/guards/pin.ts'
import type { SealedBytes } from '../../platform/vaultCrypto.ts'

/** What a PIN opens. */
export interface KeptLock {
  salt: Uint8Array<ArrayBuffer>
  rounds: number
  /** The key of the guard's vault, sealed with what the PIN makes. */
  locked: SealedBytes
}

/** One guard of a shared phone. What it says of a person is a masked name and an id that means nothing elsewhere. */
export interface GuardRow {
  /** The guard's database. */
  db: string
  member: string
  /** Masked. */
  name: string
  /** Absent for somebody who has just enrolled and is to choose one. */
  pin?: KeptLock
  tries: Tries
  /** Device time when the guard was last at the gate, ms: for the order on the screen. */
  at: number
  /** The same person has enrolled anew: it goes as soon as nothing of it is unsent. */
  leaving?: true
}

/** Read by primary key only: some browsers fail on a scan over rows with a CryptoKey. */
export interface GuardKeyRow {
  /** `phone`, or the database of the guard whose vault it seals: there only while that guard's data stands open. */
  id: string
  key: CryptoKey
}

export const registryName = 'gatepost-guards'

/** Who uses this phone. A database of its own, beside those of the guards. */
export class GuardsDb extends Dexie {
  declare readonly guards: Table<GuardRow, string>
  declare readonly keys: Table<GuardKeyRow, string>

  constructor(parts: { indexedDB: IDBFactory; IDBKeyRange: typeof IDBKeyRange }) {
    super(registryName, { ...parts, chromeTransactionDurability: 'strict' })
    this.version(1).stores({ guards: 'db', keys: 'id' })
  }
}

/** The database of a guard who is still to come: the first whose name nobody has. */
export function freeSlot(taken: readonly string[]): string {
  const nameOf = (n: number) => (n === 1 ? 'gatepost' : `gatepost-${n}`)
  let n = 1
  while (taken.includes(nameOf(n))) n++
  return nameOf(n)
}

/** Counts a try before its outcome is known; false where none may be made now, and none was counted. */
export const countTry = (registry: GuardsDb, db: string): PromiseLike<boolean> =>
  registry.transaction('rw', registry.guards, async () => {
    const row = await registry.guards.get(db)
    if (!row || row.tries.waitMs > 0) return false
    await registry.guards.put({ ...row, tries: afterTry(row.tries) })
    return true
  })

const sameSalt = (a: KeptLock, b: KeptLock): boolean => a.salt.join() === b.salt.join()

/** False, and nothing changed, where it is no longer the lock that it was: another tab has changed it, or somebody else has the slot. */
export const changePin = (
  registry: GuardsDb,
  db: string,
  before: KeptLock,
  after: KeptLock,
): PromiseLike<boolean> =>
  registry.transaction('rw', registry.guards, async () => {
    const row = await registry.guards.get(db)
    if (!row?.pin || !sameSalt(row.pin, before)) return false
    await registry.guards.put({ ...row, pin: after })
    return true
  })

/** The PIN was right, or there is none. */
export const arrived = async (registry: GuardsDb, db: string, at: number): Promise<void> =>
  void (await registry.guards.update(db, { tries: noTries, at }))

/** So long the app was open and waited, ms. Gives what is left. */
export const countWaiting = (registry: GuardsDb, db: string, ms: number): PromiseLike<number> =>
  registry.transaction('rw', registry.guards, async () => {
    const row = await registry.guards.get(db)
    if (!row) return 0
    const tries = afterWaiting(row.tries, ms)
    await registry.guards.put({ ...row, tries })
    return tries.waitMs
  })
