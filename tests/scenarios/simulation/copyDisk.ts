import { IDBFactory } from 'fake-indexeddb'

const done = <T>(request: IDBRequest<T>): Promise<T> =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result)
    request.onerror = () => reject(request.error ?? new Error('no answer'))
  })

const ended = (tx: IDBTransaction): Promise<void> =>
  new Promise((resolve, reject) => {
    tx.oncomplete = () => resolve()
    tx.onabort = () => reject(tx.error ?? new Error('aborted'))
  })

interface StoreCopy {
  name: string
  keyPath: string | string[] | null
  autoIncrement: boolean
  indexes: { name: string; keyPath: string | string[]; multiEntry: boolean; unique: boolean }[]
  rows: Record<string, unknown>[]
}

async function copyStore(store: IDBObjectStore): Promise<StoreCopy> {
  const { name, keyPath, autoIncrement } = store
  const indexes = [...store.indexNames].map((index) => {
    const { name, keyPath, multiEntry, unique } = store.index(index)
    return { name, keyPath, multiEntry, unique }
  })
  return { name, keyPath, autoIncrement, indexes, rows: await done(store.getAll()) }
}

/** Stores with a counter: the highest number that this disk ever gave out. */
type Counters = Readonly<Record<string, number>>

async function refill(
  tx: IDBTransaction,
  { name, rows, keyPath, autoIncrement }: StoreCopy,
  counters: Counters,
) {
  const store = tx.objectStore(name)
  for (const row of rows) await done(store.put(row))
  // A real copy has the counter in it; here a row that comes and goes sets it.
  const highest = counters[name] ?? 0
  const there = rows.some((row) => Number(row[String(keyPath)]) >= highest)
  if (!autoIncrement || there || highest === 0) return
  await done(store.put({ [String(keyPath)]: highest }))
  await done(store.delete(highest))
}

/** The whole of a phone's database as it is at this moment, on another disk: a restored backup, a cloned profile. */
export async function copyDisk(from: IDBFactory, name: string, counters: Counters): Promise<IDBFactory> {
  const source = await done(from.open(name))
  const stores = [...source.objectStoreNames]
  const tx = source.transaction(stores, 'readonly')
  const copies = await Promise.all(stores.map((store) => copyStore(tx.objectStore(store))))
  const to = new IDBFactory()
  const opening = to.open(name, source.version)
  source.close()
  opening.onupgradeneeded = () => {
    for (const { name, keyPath, autoIncrement, indexes } of copies) {
      const store = opening.result.createObjectStore(name, { keyPath, autoIncrement })
      for (const index of indexes) store.createIndex(index.name, index.keyPath, index)
    }
  }
  const target = await done(opening)
  const filling = target.transaction(stores, 'readwrite')
  const filled = ended(filling)
  for (const copy of copies) await refill(filling, copy, counters)
  await filled
  target.close()
  return to
}
