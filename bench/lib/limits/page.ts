/** What the machine can do at all, browser side: bare fetch, bare IndexedDB. */
import { entries } from '../gate/entries.ts'
import { completed, drop, openDb } from '../idb.ts'
import { median } from '../stats.ts'

let made = 0
const scratch = () =>
  openDb(`limit${made++}`, (db) => void db.createObjectStore('e', { keyPath: 'id' }).createIndex('at', 'at'))

/** POSTs n entries, `batch` a request, one after the other; ms. */
export async function limitPush(base: string, n: number, batch: number): Promise<number> {
  const list = entries(n, 31)
  const begun = performance.now()
  for (let i = 0; i < n; i += batch) {
    const body = JSON.stringify(list.slice(i, i + batch))
    await (await fetch(`${base}/sink`, { method: 'POST', body })).text()
  }
  return performance.now() - begun
}

/** GETs n entries, `batch` a request, and parses them; ms. */
export async function limitPull(base: string, n: number, batch: number): Promise<number> {
  const begun = performance.now()
  for (let at = 0; at * batch < n; at++) {
    const list: unknown = await (await fetch(`${base}/source?n=${batch}&at=${at}`)).json()
    if (!Array.isArray(list) || list.length !== batch) throw new Error('short answer')
  }
  return performance.now() - begun
}

/** Adds n entries in transactions of `batch`; ms until the last one has completed. */
export async function limitAdd(n: number, batch: number): Promise<number> {
  const list = entries(n, 32)
  const db = await scratch()
  const begun = performance.now()
  for (let i = 0; i < n; i += batch) {
    const tx = db.transaction('e', 'readwrite')
    for (const entry of list.slice(i, i + batch)) tx.objectStore('e').put(entry)
    await completed(tx)
  }
  const ms = performance.now() - begun
  await drop(db)
  return ms
}

/** Over a bare WebSocket to a server that commits and echoes, then one transaction here; ms, median. */
export async function limitEcho(base: string, n: number, times = 3): Promise<number> {
  const db = await scratch()
  const socket = new WebSocket(base.replace('http', 'ws'))
  await new Promise((resolve) => socket.addEventListener('open', resolve, { once: true }))
  const took: number[] = []
  for (let i = 0; i < times; i++) took.push(await echo(db, socket, JSON.stringify(entries(n, 40 + i))))
  socket.close()
  await drop(db)
  return median(took)
}

async function echo(db: IDBDatabase, socket: WebSocket, text: string): Promise<number> {
  const begun = performance.now()
  const back = new Promise<MessageEvent<string>>((resolve) =>
    socket.addEventListener('message', resolve, { once: true }),
  )
  socket.send(text)
  const list: unknown = JSON.parse((await back).data)
  const tx = db.transaction('e', 'readwrite')
  if (Array.isArray(list)) for (const entry of list) tx.objectStore('e').put(entry)
  await completed(tx)
  return performance.now() - begun
}

/** The upload of n entries gzipped by the browser, `batch` at a time; bytes before and after, and ms. */
export async function limitGzip(n: number, batch: number) {
  const list = entries(n, 31)
  const begun = performance.now()
  let plain = 0
  let zipped = 0
  for (let i = 0; i < n; i += batch) {
    const blob = new Blob([JSON.stringify(list.slice(i, i + batch))])
    const stream = blob.stream().pipeThrough(new CompressionStream('gzip'))
    plain += blob.size
    zipped += (await new Response(stream).arrayBuffer()).byteLength
  }
  return { plain, zipped, ms: performance.now() - begun }
}

/** Bytes of JSON that n entries of a seed make. */
export const jsonBytes = (n: number, seed: number): number =>
  new Blob([JSON.stringify(entries(n, seed))]).size
