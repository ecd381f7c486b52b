import type { GateEntry } from './gate/entries.ts'

/** What a peer brings. Every peer does the same work through these. */
export type Options = Readonly<Record<string, unknown>>

export interface OpenOptions {
  url: string
  /** Name of the local database. */
  name: string
  device: string
  runtime: 'browser' | 'node'
  opts: Options
  /** There is a network from the beginning; else only when something is pushed or pulled. */
  online?: boolean
  /** What the server gave so that this device is let in, where it asks for that. */
  ticket?: string | undefined
}

export interface Client {
  /** Stores locally; resolves when stored. */
  put(list: readonly GateEntry[]): Promise<void>
  /** Resolves when the server has all of them on disk and the client knows. */
  push(): Promise<void>
  /** Resolves when the local store has everything that the server has. */
  pull(expect: number): Promise<void>
  /** Live from now on: called with the local count when entries have arrived in the local store. */
  subscribe(heard: (count: number) => void): Promise<void>
  /** Entries in the local store. */
  count(): Promise<number>
  close(): Promise<void>
}

export interface ClientModule {
  /** Before the clock runs: what a person does once, such as enrolling. */
  prepare?(options: OpenOptions): Promise<void>
  open(options: OpenOptions): Promise<Client>
  /** A quicker way to fill the server. */
  seed?(options: {
    url: string
    list: readonly GateEntry[]
    opts: Options
    ticket?: string | undefined
  }): Promise<void>
}

export interface ServerOptions {
  /** A fresh folder for what the server stores. */
  dir: string
  opts: Options
}

export interface Server {
  port: number
  /** Reads what is stored, not what was received. */
  count(): number | Promise<number>
  /** Lets one more device in. */
  ticket?(): Promise<string>
  close(): Promise<void>
}

export interface ServerModule {
  start(options: ServerOptions): Promise<Server>
}

export interface PeerInfo {
  /** Flags that its server's Node is started with. */
  serverFlags?: readonly string[]
  kind: string
  durability: string
  acknowledged: string
  /** Clients that one process can hold, where the peer limits it. */
  maxPerProcess?: number
}

/** The local store alone, for W5. */
export interface LocalStore {
  reset(): Promise<void>
  one(entry: GateEntry): Promise<void>
  bulk(list: readonly GateEntry[]): Promise<void>
}

export interface LocalModule {
  local(options: { opts: Options }): LocalStore
}
