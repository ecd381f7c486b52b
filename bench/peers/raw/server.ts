import http from 'node:http'
import path from 'node:path'
import { WebSocketServer } from 'ws'
import type { GateEntry } from '../../lib/gate/entries.ts'
import type { Server, ServerOptions } from '../../lib/peer.ts'
import { listen, stopListening } from '../../lib/site.ts'
import { inTransaction, numberOf, openSqlite, textOf } from '../../lib/sqlite.ts'

const schema =
  'CREATE TABLE IF NOT EXISTS e(seq INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, body TEXT NOT NULL)'

export async function start({ dir }: ServerOptions): Promise<Server> {
  const db = openSqlite(path.join(dir, 'raw.db'), schema)
  const insert = db.prepare('INSERT INTO e(id, body) VALUES (?, ?) ON CONFLICT(id) DO NOTHING')
  const select = db.prepare('SELECT seq, body FROM e WHERE seq > ? ORDER BY seq LIMIT ?')
  const head = db.prepare('SELECT coalesce(max(seq), 0) AS seq FROM e')

  const page = (after: number, limit: number): string => {
    const rows = select.all(after, limit)
    const seq = numberOf(rows.at(-1)?.['seq'] ?? after)
    return `{"seq":${seq},"list":[${rows.map((row) => textOf(row['body'])).join(',')}]}`
  }
  const store = (list: readonly GateEntry[]): string => {
    const before = numberOf(head.get()?.['seq'])
    inTransaction(db, () => list.forEach((entry) => insert.run(entry.id, JSON.stringify(entry))))
    if (sockets.clients.size > 0) {
      const news = page(before, 1000)
      for (const socket of sockets.clients) socket.send(news)
    }
    return `{"ok":${list.length}}`
  }
  const server = http.createServer((request, response) => {
    response.setHeader('content-type', 'application/json')
    if (request.method === 'POST') {
      void readBody(request).then((text) => response.end(store(JSON.parse(text))))
      return
    }
    const { searchParams } = new URL(request.url ?? '/', 'http://localhost')
    response.end(page(Number(searchParams.get('after')), Number(searchParams.get('limit'))))
  })
  const sockets = new WebSocketServer({ server })
  return {
    port: await listen(server),
    count: () => numberOf(db.prepare('SELECT count(*) AS n FROM e').get()?.['n']),
    close: async () => {
      for (const socket of sockets.clients) socket.terminate()
      await stopListening(server)
      db.close()
    },
  }
}

async function readBody(request: http.IncomingMessage): Promise<string> {
  const parts: Buffer[] = []
  for await (const part of request) parts.push(part)
  return Buffer.concat(parts).toString()
}
