import PouchDB, { type Database } from 'pouchdb-core'
import { adapter, plugin } from '#pouch-local'
import type { LocalStore } from '../../lib/peer.ts'
import { document } from './document.ts'

PouchDB.plugin(plugin)

export function local(): LocalStore {
  let db: Database | undefined
  let made = 0
  return {
    reset: async () => {
      await db?.destroy()
      db = new PouchDB(`w5pouch${made++}`, { adapter })
      await db.info()
    },
    one: async (entry) => void (await db?.put(document(entry))),
    bulk: async (list) => void (await db?.bulkDocs(list.map(document))),
  }
}
