import { createRxDatabase, type RxCollection } from 'rxdb'
import { replicateRxCollection } from 'rxdb/plugins/replication'
import { Subject } from 'rxjs'
import { makeStorage } from '#rx-local'
import type { GateEntry } from '../../lib/gate/entries.ts'
import type { Client, OpenOptions } from '../../lib/peer.ts'
import type { Row } from './documents.ts'
import { schema } from './schema.ts'

interface Checkpoint {
  seq: number
}
interface News {
  documents: Row[]
  checkpoint: Checkpoint
}

async function post(url: string, rows: unknown): Promise<Row[]> {
  const headers = { 'content-type': 'application/json' }
  const response = await fetch(`${url}/push`, { method: 'POST', headers, body: JSON.stringify(rows) })
  if (!response.ok) throw new Error(`push ${response.status}`)
  return response.json()
}

/** Seeding goes straight to the push endpoint. */
export async function seed({ url, list }: { url: string; list: readonly GateEntry[] }): Promise<void> {
  const row = (entry: GateEntry) => ({ newDocumentState: { ...entry, _deleted: false } })
  for (let i = 0; i < list.length; i += 2000) await post(url, list.slice(i, i + 2000).map(row))
}

let made = 0

export async function open({ url, name, runtime }: OpenOptions): Promise<Client> {
  const own = runtime === 'node' ? `${name}x${made++}` : name
  const db = await createRxDatabase({ name: own, storage: makeStorage(), multiInstance: false })
  const { gate } = await db.addCollections({ gate: { schema } })
  const count = () => gate.count().exec()
  let live: ReturnType<typeof replicate> | undefined
  let events: EventSource | undefined
  return {
    put: async (list) => {
      const { error } = await gate.bulkInsert([...list])
      if (error.length > 0) throw new Error(`insert: ${JSON.stringify(error[0])}`)
    },
    push: async () => void (live ? await live.awaitInSync() : await once(gate, url, false)),
    pull: () => once(gate, url, true),
    subscribe: async (heard) => {
      const stream = new Subject<News>()
      live = replicate(gate, url, true, stream)
      await live.awaitInitialReplication()
      events = await listenTo(url, stream)
      let have = await count()
      live.received$.subscribe(() => heard(++have))
    },
    count,
    close: async () => {
      events?.close()
      await live?.cancel()
      await db.close()
    },
  }
}

function replicate(gate: RxCollection<GateEntry>, url: string, pulls: boolean, stream?: Subject<News>) {
  return replicateRxCollection<GateEntry, Checkpoint>({
    collection: gate,
    replicationIdentifier: `gate-${url}`,
    live: stream !== undefined,
    retryTime: 1000,
    waitForLeadership: false,
    push: { batchSize: 500, handler: (rows) => post(url, rows) },
    ...(pulls
      ? {
          pull: {
            batchSize: 1000,
            handler: async (checkpoint: Checkpoint | undefined, size: number): Promise<News> =>
              (await fetch(`${url}/pull?seq=${checkpoint?.seq ?? 0}&limit=${size}`)).json(),
            ...(stream ? { stream$: stream.asObservable() } : {}),
          },
        }
      : {}),
  })
}

async function once(gate: RxCollection<GateEntry>, url: string, pulls: boolean): Promise<void> {
  const run = replicate(gate, url, pulls)
  const errors: unknown[] = []
  run.error$.subscribe((error) => errors.push(error))
  await run.awaitInitialReplication()
  await run.cancel()
  if (errors.length > 0) throw new Error(`replication: ${JSON.stringify(errors[0])}`)
}

async function listenTo(url: string, stream: Subject<News>): Promise<EventSource> {
  const events = new EventSource(`${url}/stream`)
  events.onmessage = (message: MessageEvent<string>) => stream.next(JSON.parse(message.data))
  await new Promise((resolve) => events.addEventListener('open', resolve, { once: true }))
  return events
}
