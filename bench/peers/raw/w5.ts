import type { GateEntry } from '../../lib/gate/entries.ts'
import { completed, drop, openDb } from '../../lib/idb.ts'
import type { LocalStore } from '../../lib/peer.ts'

/** One indexed store, one transaction per call. */
export function local(): LocalStore {
  let db: IDBDatabase | undefined
  let made = 0
  const put = async (list: readonly GateEntry[]) => {
    if (!db) throw new Error('not open')
    const tx = db.transaction('e', 'readwrite')
    for (const entry of list) tx.objectStore('e').put(entry)
    await completed(tx)
  }
  return {
    reset: async () => {
      if (db) await drop(db)
      const make = (fresh: IDBDatabase) =>
        void fresh.createObjectStore('e', { keyPath: 'id' }).createIndex('at', 'at')
      db = await openDb(`w5raw${made++}`, make)
    },
    one: (entry) => put([entry]),
    bulk: put,
  }
}
