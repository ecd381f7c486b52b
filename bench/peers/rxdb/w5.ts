import { createRxDatabase, type RxCollection } from 'rxdb'
import { makeStorage } from '#rx-local'
import type { GateEntry } from '../../lib/gate/entries.ts'
import type { LocalStore } from '../../lib/peer.ts'
import { schema } from './schema.ts'

export function local(): LocalStore {
  let gate: RxCollection<GateEntry> | undefined
  let made = 0
  return {
    reset: async () => {
      await gate?.database.remove()
      const db = await createRxDatabase({
        name: `w5rx${made++}`,
        storage: makeStorage(),
        multiInstance: false,
      })
      gate = (await db.addCollections({ gate: { schema } })).gate
    },
    one: async (entry) => void (await gate?.insert(entry)),
    bulk: async (list) => void (await gate?.bulkInsert([...list])),
  }
}
