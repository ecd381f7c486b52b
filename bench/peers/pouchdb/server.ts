import http from 'node:http'
import path from 'node:path'
import makeApp from 'express-pouchdb'
import leveldown from 'leveldown'
import leveldb from 'pouchdb-adapter-leveldb'
import PouchDB from 'pouchdb-core'
import find from 'pouchdb-find'
import mapreduce from 'pouchdb-mapreduce'
import replication from 'pouchdb-replication'
import type { Server, ServerOptions } from '../../lib/peer.ts'
import { listen, stopListening } from '../../lib/site.ts'

PouchDB.plugin(leveldb).plugin(mapreduce).plugin(replication).plugin(find)

/** LevelDB with every write flushed to disk, so that it is as durable as SQLite with synchronous=FULL. */
function synced(location: string) {
  const db = leveldown(location)
  const [batch, put, del] = [db._batch, db._put, db._del]
  db._batch = (operations, options, done) => batch.call(db, operations, { ...options, sync: true }, done)
  db._put = (key, value, options, done) => put.call(db, key, value, { ...options, sync: true }, done)
  db._del = (key, options, done) => del.call(db, key, { ...options, sync: true }, done)
  return db
}
synced.destroy = leveldown.destroy

export async function start({ dir, opts }: ServerOptions): Promise<Server> {
  const driver = opts['fsync'] === false ? {} : { db: synced }
  const Database = PouchDB.defaults({ prefix: dir + path.sep, ...driver })
  const settings = { mode: 'minimumForPouchDB', inMemoryConfig: true, logPath: path.join(dir, 'log.txt') }
  const server = http.createServer(makeApp(Database, settings))
  const port = await listen(server)
  const gate = new Database('gate')
  await gate.info()
  return {
    port,
    count: async () => (await gate.info()).doc_count,
    close: async () => {
      await stopListening(server)
      await gate.close()
    },
  }
}
