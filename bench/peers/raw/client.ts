import type { GateEntry } from '../../lib/gate/entries.ts'
import { asked, completed, openDb } from '../../lib/idb.ts'
import type { Client, OpenOptions } from '../../lib/peer.ts'

interface Page {
  seq: number
  list: GateEntry[]
}

const sentAtOnce = 2000
const pulledAtOnce = 5000

async function post(url: string, list: readonly GateEntry[]): Promise<void> {
  const headers = { 'content-type': 'application/json' }
  const response = await fetch(`${url}/push`, { method: 'POST', headers, body: JSON.stringify(list) })
  if (!response.ok) throw new Error(`push ${response.status}`)
  await response.text()
}

const get = async (url: string, after: number): Promise<Page> =>
  (await fetch(`${url}/pull?after=${after}&limit=${pulledAtOnce}`)).json()

export const open = (options: OpenOptions): Promise<Client> =>
  options.runtime === 'node' ? Promise.resolve(inMemory(options.url)) : inBrowser(options)

function inMemory(url: string): Client {
  const unsent: GateEntry[] = []
  return {
    put: async (list) => void unsent.push(...list),
    push: async () => {
      while (unsent.length > 0) await post(url, unsent.splice(0, sentAtOnce))
    },
    pull: async () => {},
    subscribe: async () => {},
    count: async () => 0,
    close: async () => {},
  }
}

async function inBrowser({ url, name }: OpenOptions): Promise<Client> {
  const db = await openDb(name, (made) => {
    made.createObjectStore('e', { keyPath: 'id' }).createIndex('at', 'at')
    made.createObjectStore('out', { keyPath: 'id' })
    made.createObjectStore('meta')
  })
  const count = () => asked(db.transaction('e').objectStore('e').count())
  let socket: WebSocket | undefined
  return {
    put: (list) => put(db, list),
    push: () => push(db, url),
    pull: () => pull(db, url),
    subscribe: async (heard) => {
      socket = new WebSocket(url.replace('http', 'ws'))
      await new Promise((resolve) => socket?.addEventListener('open', resolve, { once: true }))
      let have = await count()
      socket.onmessage = async (message: MessageEvent<string>) => {
        const page: Page = JSON.parse(message.data)
        await store(db, page)
        heard((have += page.list.length))
      }
    },
    count,
    close: async () => {
      socket?.close()
      db.close()
    },
  }
}

async function put(db: IDBDatabase, list: readonly GateEntry[]): Promise<void> {
  const tx = db.transaction(['e', 'out'], 'readwrite')
  for (const entry of list) {
    tx.objectStore('e').put(entry)
    tx.objectStore('out').put(entry)
  }
  await completed(tx)
}

async function push(db: IDBDatabase, url: string): Promise<void> {
  for (;;) {
    const list: GateEntry[] = await asked(db.transaction('out').objectStore('out').getAll(null, sentAtOnce))
    const [first, last] = [list[0], list.at(-1)]
    if (!first || !last) return
    await post(url, list)
    const tx = db.transaction('out', 'readwrite')
    tx.objectStore('out').delete(IDBKeyRange.bound(first.id, last.id))
    await completed(tx)
  }
}

async function pull(db: IDBDatabase, url: string): Promise<void> {
  const after: number | undefined = await asked(db.transaction('meta').objectStore('meta').get('seq'))
  let next = get(url, after ?? 0)
  for (;;) {
    const page = await next
    if (page.list.length === 0) return
    next = get(url, page.seq)
    await store(db, page)
  }
}

async function store(db: IDBDatabase, page: Page): Promise<void> {
  const tx = db.transaction(['e', 'meta'], 'readwrite')
  for (const entry of page.list) tx.objectStore('e').put(entry)
  tx.objectStore('meta').put(page.seq, 'seq')
  await completed(tx)
}
