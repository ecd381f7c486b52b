/** What is used here of PouchDB's packages; they bring no types. */
declare module 'pouchdb-core' {
  export type Plugin = object
  export interface Info {
    doc_count: number
    update_seq: number | string
  }
  export interface Change {
    last_seq: number | string
    docs: unknown[]
    doc_write_failures: number
  }
  export interface Replication extends PromiseLike<Change> {
    on(event: 'change', heard: (change: Change) => void): this
    cancel(): void
  }
  export interface Database {
    info(): Promise<Info>
    put(document: object): Promise<object>
    bulkDocs(documents: readonly object[]): Promise<object[]>
    replicate: {
      to(other: Database, options: object): Replication
      from(other: Database, options: object): Replication
    }
    close(): Promise<void>
    destroy(): Promise<void>
  }
  export interface Static {
    new (name: string, options?: object): Database
    plugin(plugin: Plugin): Static
    defaults(options: object): Static
  }
  const PouchDB: Static
  export default PouchDB
}
declare module 'pouchdb-adapter-http' {
  const plugin: object
  export default plugin
}
declare module 'pouchdb-adapter-indexeddb' {
  const plugin: object
  export default plugin
}
declare module 'pouchdb-adapter-memory' {
  const plugin: object
  export default plugin
}
declare module 'pouchdb-adapter-leveldb' {
  const plugin: object
  export default plugin
}
declare module 'pouchdb-find' {
  const plugin: object
  export default plugin
}
declare module 'pouchdb-mapreduce' {
  const plugin: object
  export default plugin
}
declare module 'pouchdb-replication' {
  const plugin: object
  export default plugin
}
declare module 'leveldown' {
  type Done = (error?: Error) => void
  type Write = { sync?: boolean }
  interface LevelDown {
    _batch(operations: unknown[], options: Write, done: Done): void
    _put(key: unknown, value: unknown, options: Write, done: Done): void
    _del(key: unknown, options: Write, done: Done): void
  }
  const leveldown: { (location: string): LevelDown; destroy(location: string, done: Done): void }
  export default leveldown
}
declare module 'express-pouchdb' {
  import type { RequestListener } from 'node:http'
  import type { Static } from 'pouchdb-core'
  const makeApp: (pouch: Static, options: object) => RequestListener
  export default makeApp
}
