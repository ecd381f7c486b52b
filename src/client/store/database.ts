import { Dexie, type Table } from 'dexie'
import type { InstallId } from '../../domain/ids.ts'
import { schemaSteps, schemaVersion, type SchemaStep } from './schema.ts'
import type {
  AttentionRow,
  CarriedRow,
  CursorRow,
  FrameRow,
  KeptRow,
  KeyRow,
  MetaRow,
  MetaValues,
  OwnRow,
  PageRow,
  PrefRow,
  RecordRow,
  RelayedRow,
  SegmentRow,
  UnreadRow,
  VaultRow,
} from './rows.ts'

/** A newer version of the app has been here. Nothing is read or written by this one. */
export class DatabaseNewer extends Error {
  constructor() {
    super('the database is of a newer version')
    this.name = 'DatabaseNewer'
  }
}

/** Its guard has left a shared phone's gate: what is added now would lie beside the vault, for anybody to read. */
export class DatabaseShut extends Error {
  constructor() {
    super('the database is shut')
    this.name = 'DatabaseShut'
  }
}

/**
 * Another tab has signed this phone out, or the browser has emptied it: what is added now would wait here for ever, or be
 * sent as of whoever enrols next.
 */
export class DatabaseLeft extends Error {
  constructor() {
    super('the phone was signed out')
    this.name = 'DatabaseLeft'
  }
}

export interface DatabaseOptions {
  name: string
  indexedDB: IDBFactory
  IDBKeyRange: typeof IDBKeyRange
  /** Another tab wants to upgrade; this one has closed the database and should be reloaded. */
  onOutdated?: () => void
  steps?: readonly SchemaStep[]
}

export class GatepostDb extends Dexie {
  declare readonly own: Table<OwnRow, number, Omit<OwnRow, 'n'>>
  declare readonly pages: Table<PageRow, number>
  declare readonly segments: Table<SegmentRow, [string, number]>
  declare readonly records: Table<RecordRow, [string, string]>
  declare readonly cursors: Table<CursorRow, string>
  declare readonly attention: Table<AttentionRow, number>
  declare readonly unread: Table<UnreadRow, number>
  declare readonly keys: Table<KeyRow, string>
  declare readonly meta: Table<MetaRow, string>
  declare readonly prefs: Table<PrefRow, string>
  declare readonly relayed: Table<RelayedRow, string>
  declare readonly carried: Table<CarriedRow, string>
  declare readonly frames: Table<FrameRow, [string, number]>
  declare readonly vault: Table<VaultRow, number>
  declare readonly kept: Table<KeptRow, string>
  outdated = false
  readonly keyRange: typeof IDBKeyRange

  constructor({ name, indexedDB, IDBKeyRange, onOutdated, steps = schemaSteps }: DatabaseOptions) {
    super(name, {
      indexedDB,
      IDBKeyRange,
      autoOpen: false,
      // Chrome reports `complete` before the disk has it, unless asked.
      chromeTransactionDurability: 'strict',
    })
    this.keyRange = IDBKeyRange
    // Live queries ask whether there is an indexedDB at all, and look only at the global one.
    Dexie.dependencies.indexedDB ??= indexedDB
    for (const step of steps) this.version(step.version).stores(step.tables)
    this.on('versionchange', () => {
      this.outdated = true
      this.close()
      onOutdated?.()
      return false
    })
  }

  /**
   * Opens it, also again after the browser lost the connection.
   * @throws DatabaseNewer
   */
  async ready(): Promise<this> {
    if (this.outdated) throw new DatabaseNewer()
    if (this.isOpen()) return this
    await this.open()
    // Dexie opens what a newer version left; its rows may mean what this version doesn't know.
    if (this.backendDB().version > schemaVersion * 10) {
      this.outdated = true
      this.close()
      throw new DatabaseNewer()
    }
    return this
  }

  /**
   * Adds own entries in a transaction of the browser's own, all or none; resolves with the last counter when they are
   * on disk. What Dexie does around a write costs as much again as the write, and nobody watches these rows by query.
   * To be called when `ready`. `install`: whose they are. Rejects with the browser's error, DatabaseShut or DatabaseLeft.
   */
  addOwn(rows: readonly Omit<OwnRow, 'n'>[], install: InstallId): Promise<number> {
    return new Promise((resolve, reject) => {
      const tx = this.backendDB().transaction(['own', 'vault', 'keys'], 'readwrite', { durability: 'strict' })
      const own = tx.objectStore('own')
      const parts = tx.objectStore('vault').count()
      // Goes when the phone is signed out or emptied. Who it is would say as much, but a tap would wait for its writers.
      const held = tx.objectStore('keys').count(install)
      let last: IDBValidKey = 0
      tx.oncomplete = () => resolve(Number(last))
      tx.onabort = () => reject(tx.error ?? new DOMException('the transaction was aborted', 'AbortError'))
      held.onsuccess = () => {
        if (parts.result === 0 && held.result > 0) return tx.commit()
        reject(parts.result > 0 ? new DatabaseShut() : new DatabaseLeft())
        tx.abort()
      }
      try {
        for (const [i, row] of rows.entries()) {
          const added = own.add(row)
          if (i === rows.length - 1) added.onsuccess = () => (last = added.result)
        }
      } catch (cause) {
        reject(cause)
        tx.abort()
      }
    })
  }
}

export const getMeta = async <K extends keyof MetaValues>(
  db: GatepostDb,
  key: K,
): Promise<MetaRow[K] | undefined> => (await db.meta.get(key))?.[key]

/** Several at once, in one reading. */
export async function getMetas<K extends keyof MetaValues>(
  db: GatepostDb,
  ...keys: K[]
): Promise<Pick<MetaRow, K>> {
  const rows = await db.meta.bulkGet(keys)
  return Object.assign({}, ...rows)
}

export const putMeta = (db: GatepostDb, values: Partial<MetaValues>): PromiseLike<unknown> =>
  db.meta.bulkPut(Object.entries(values).map(([key, value]) => ({ key, [key]: value })))
