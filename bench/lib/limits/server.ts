/** What the machine can do at all, server side: a bare HTTP sink and source, bare SQLite, a bare echo. */
import fs from 'node:fs'
import http from 'node:http'
import path from 'node:path'
import { WebSocketServer } from 'ws'
import { serveCalls } from '../childSide.ts'
import { entries } from '../gate/entries.ts'
import { listen } from '../site.ts'
import { inTransaction, openSqlite } from '../sqlite.ts'
import { median } from '../stats.ts'

const dir = process.argv[2] ?? '.'
const schema = 'CREATE TABLE e(seq INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, body TEXT NOT NULL)'
const insert = 'INSERT INTO e(id, body) VALUES (?, ?)'
const answers = new Map<string, Buffer>()
let files = 0

function source(n: number, at: number): Buffer {
  const key = `${n}:${at}`
  const known = answers.get(key) ?? Buffer.from(JSON.stringify(entries(n, 900 + at)))
  answers.set(key, known)
  return known
}

const server = http.createServer((request, response) => {
  const url = new URL(request.url ?? '/', 'http://localhost')
  if (url.pathname === '/sink') {
    request.resume()
    request.on('end', () => response.end('{"ok":true}'))
    return
  }
  response.end(source(Number(url.searchParams.get('n')), Number(url.searchParams.get('at'))))
})

const echoDb = openSqlite(path.join(dir, 'echo.db'), schema)
const echoInsert = echoDb.prepare(insert)
let echoes = 0
new WebSocketServer({ server }).on('connection', (socket) =>
  socket.on('message', (data) => {
    const text = String(data)
    const list: unknown = JSON.parse(text)
    const suffix = echoes++
    inTransaction(echoDb, () => {
      if (Array.isArray(list)) for (const e of list) echoInsert.run(`${e.id}${suffix}`, JSON.stringify(e))
    })
    socket.send(text)
  }),
)
const port = await listen(server)

/** n rows in transactions of `batch`, fresh file; ms. */
function sqlite(n: number, batch: number): number {
  const file = path.join(dir, `limit${files++}.db`)
  const rows = entries(n, 77).map((e) => [e.id, JSON.stringify(e)] as const)
  const db = openSqlite(file, schema)
  const put = db.prepare(insert)
  const begun = performance.now()
  for (let i = 0; i < n; i += batch)
    inTransaction(db, () => rows.slice(i, i + batch).forEach(([id, body]) => put.run(id, body)))
  const ms = performance.now() - begun
  db.close()
  for (const end of ['', '-wal', '-shm']) fs.rmSync(file + end, { force: true })
  return ms
}

/** One 4 KiB write with fdatasync; ms, median of 50. */
function fsync(): number {
  const file = path.join(dir, 'fsync.bin')
  const handle = fs.openSync(file, 'w')
  const block = Buffer.alloc(4096, 1)
  const took = Array.from({ length: 50 }, () => {
    const begun = performance.now()
    fs.writeSync(handle, block)
    fs.fdatasyncSync(handle)
    return performance.now() - begun
  })
  fs.closeSync(handle)
  fs.rmSync(file)
  return median(took)
}

const api = {
  port: () => port,
  sqlite,
  fsync,
  /** Makes the source's answers before they are timed. */
  warm: (n: number, batch: number) => {
    for (let at = 0; at * batch < n; at++) source(batch, at)
  },
}
export type LimitsApi = typeof api
serveCalls(api)
