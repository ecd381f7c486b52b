import type { InstallId } from '../../domain/ids.ts'
import type { InstallRow } from '../storage/rows.ts'
import type { Storage } from '../storage/storage.ts'

/** So many are remembered; then it begins anew. */
const atMost = 10_000

/** Who pages say they are from, as far as it never changes: what may change is read again where they are stored. */
export type Sender = Pick<InstallRow, 'id' | 'key' | 'centre'>

/** Looks installs up, each once: they are never taken away, and to ask for one costs as much as to store its passage. */
export function sendersOf(storage: Pick<Storage, 'install'>): (id: InstallId) => Promise<Sender | null> {
  const known = new Map<InstallId, Sender>()
  return async (id) => {
    const before = known.get(id)
    if (before) return before
    const found = await storage.install(id)
    if (!found) return null
    if (known.size >= atMost) known.clear()
    const sender: Sender = { id, key: found.key, centre: found.centre }
    known.set(id, sender)
    return sender
  }
}
