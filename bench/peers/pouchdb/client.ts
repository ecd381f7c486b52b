import http from 'pouchdb-adapter-http'
import PouchDB, { type Database, type Info } from 'pouchdb-core'
import replication from 'pouchdb-replication'
import { adapter, plugin } from '#pouch-local'
import type { GateEntry } from '../../lib/gate/entries.ts'
import type { Client, OpenOptions, Options } from '../../lib/peer.ts'
import { document } from './document.ts'

PouchDB.plugin(http).plugin(replication).plugin(plugin)

const replicationOptions = (opts: Options) => ({
  batch_size: Number(opts['batch'] ?? 1000),
  batches_limit: 10,
})
const remoteOf = (url: string): Database => new PouchDB(`${url}/gate`, { skip_setup: true })
const order = (seq: number | string): number => Number(String(seq).split('-')[0])

/** Seeding goes straight to _bulk_docs. */
export async function seed({ url, list }: { url: string; list: readonly GateEntry[] }): Promise<void> {
  for (let i = 0; i < list.length; i += 2000) await insert(remoteOf(url), list.slice(i, i + 2000))
}

async function insert(db: Database, list: readonly GateEntry[]): Promise<void> {
  const bad = (await db.bulkDocs(list.map(document))).find((row) => 'error' in row)
  if (bad) throw new Error(JSON.stringify(bad))
}

export async function open({ url, name, opts }: OpenOptions): Promise<Client> {
  const db: Database = new PouchDB(name, { adapter })
  const options = replicationOptions(opts)
  const count = async () => (await db.info()).doc_count
  let live: ReturnType<typeof goLive> | undefined
  return {
    put: (list) => insert(db, list),
    push: async () => {
      if (live) return live.caughtUp()
      failOn(await db.replicate.to(remoteOf(url), options))
    },
    pull: async () => failOn(await db.replicate.from(remoteOf(url), options)),
    subscribe: async (heard) => {
      live = goLive(db, remoteOf(url), options, await db.info(), heard)
      await new Promise((resolve) => setTimeout(resolve, 1500))
    },
    count,
    close: async () => {
      live?.cancel()
      await db.close()
    },
  }
}

const failOn = (result: { doc_write_failures: number }): void => {
  if (result.doc_write_failures > 0) throw new Error('documents could not be written')
}

/** Both directions for as long as the page is open; what was there at the start counts as sent. */
function goLive(db: Database, remote: Database, options: object, start: Info, heard: (n: number) => void) {
  let sentUpTo = order(start.update_seq)
  let have = start.doc_count
  const live = { ...options, live: true, retry: true }
  const up = db.replicate.to(remote, live)
  up.on('change', (change) => (sentUpTo = order(change.last_seq)))
  const down = db.replicate.from(remote, live)
  down.on('change', (change) => heard((have += change.docs.length)))
  return {
    caughtUp: async () => {
      const goal = order((await db.info()).update_seq)
      const done = () => sentUpTo >= goal
      while (!done()) await new Promise((resolve) => setTimeout(resolve, 2))
    },
    cancel: () => {
      up.cancel()
      down.cancel()
    },
  }
}
