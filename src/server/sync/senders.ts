import type { InstallId } from '../../domain/ids.ts'
import type { InstallRow } from '../storage/rows.ts'
import type { Storage } from '../storage/storage.ts'

/** So many are remembered; then it begins anew. */
const atMost = 10_000

/** Who pages say they are from, as far as it never changes: what may change is read again where they are stored. */
export type Sender = Pick<InstallRow, 'id' | 'key' | 'centre'>

/** The install that pages are from is not in the database, though it was when it was looked up: another one took over since. */
export class InstallGone extends Error {
  readonly install: InstallId

  constructor(install: InstallId) {
    super('an install is gone')
    this.install = install
  }
}

/** Who pages are from, each looked up once: installs are never taken away, and to ask for one costs as much as to store its passage. */
export class Senders {
  readonly #storage: Pick<Storage, 'install'>
  readonly #known = new Map<InstallId, Sender>()

  constructor(storage: Pick<Storage, 'install'>) {
    this.#storage = storage
  }

  async get(id: InstallId): Promise<Sender | null> {
    const before = this.#known.get(id)
    if (before) return before
    const found = await this.#storage.install(id)
    if (!found) return null
    if (this.#known.size >= atMost) this.#known.clear()
    const sender: Sender = { id, key: found.key, centre: found.centre }
    this.#known.set(id, sender)
    return sender
  }

  /** What was remembered is no longer so: a stand-by that took over may not have heard of everyone. */
  forget(id: InstallId): void {
    this.#known.delete(id)
  }
}
