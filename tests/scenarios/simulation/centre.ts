import { copyFileSync, existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { FastifyInstance } from 'fastify'
import { buildApp } from '../../../src/server/app.ts'
import { inviteOperator } from '../../../src/server/auth/invitations.ts'
import type { Services } from '../../../src/server/http/services.ts'
import { openSqlite } from '../../../src/server/storage/sqlite/open.ts'
import type { Storage } from '../../../src/server/storage/storage.ts'
import { chance, wire } from '../../../src/server/wire.ts'
import type { Poke } from '../../../src/protocol/api.ts'
import type { Request } from '../../../src/client/platform/transport.ts'

/** The process was killed while this was under way: whoever asked never hears of it. */
export class Killed extends Error {}

/** How the real parts are put together; the proof of the simulation puts a faulty part in. */
export interface CentreParts {
  storage(real: Storage, now: () => number): Storage
}

export const soundParts: CentreParts = { storage: (real) => real }

export type Death = 'before' | 'after' | null

export interface CentreReply {
  status: number
  header(name: string): string | null
  body: Uint8Array<ArrayBuffer>
}

/** The real server on a real database file, which can be killed, backed up and restored. */
export class Centre {
  readonly #folder = mkdtempSync(join(tmpdir(), 'gatepost-sim-'))
  readonly #now: () => number
  readonly #parts: CentreParts
  #app: FastifyInstance | null = null
  #services: Services | null = null
  #raw: Storage | null = null
  #death: Death = null
  #backups = 0
  /** Requests that reached the process. */
  requests = 0
  readonly #listeners = new Set<(poke: Poke) => void>()

  constructor(now: () => number, parts: CentreParts = soundParts) {
    this.#now = now
    this.#parts = parts
  }

  get #file() {
    return join(this.#folder, 'gatepost.db')
  }

  async start(): Promise<void> {
    this.#raw = await openSqlite({ file: this.#file, durable: false })
    const storage = this.#parts.storage(this.#mortal(this.#raw), this.#now)
    this.#services = await wire(storage, this.#now)
    this.#services.pokes.subscribe((poke) => {
      for (const listener of this.#listeners) listener(poke)
    })
    this.#app = await buildApp(this.#services, { client: '', trustProxy: [], logger: false })
    await this.#app.ready()
  }

  /** What is stored, for the judges. */
  get storage(): Storage {
    if (!this.#raw) throw new Error('the centre is down')
    return this.#raw
  }

  listen(hear: (poke: Poke) => void): () => void {
    this.#listeners.add(hear)
    return () => this.#listeners.delete(hear)
  }

  async setupToken(): Promise<string> {
    if (!this.#services) throw new Error('the centre is down')
    return (await inviteOperator(this.#services.storage, chance, this.#now())).token
  }

  /** Answers a request, or throws Killed where the process dies before or after the commit it leads to. */
  async handle({ method, path, headers, body }: Request, death: Death): Promise<CentreReply> {
    const app = this.#app
    if (!app) throw new Killed()
    this.requests++
    this.#death = death
    const payload = body === undefined ? {} : { payload: Buffer.from(body) }
    const answer = await app.inject({ method, url: path, headers, ...payload })
    this.#death = null
    if (death) await this.#restart()
    // Whatever a process had answered before it died is on its way; the rest is never heard of.
    const answered = death === 'before' && answer.statusCode < 500
    if (app !== this.#app && !answered) throw new Killed()
    return {
      status: answer.statusCode,
      header: (name) => (answer.headers[name] === undefined ? null : String(answer.headers[name])),
      body: new Uint8Array(answer.rawPayload),
    }
  }

  /** A consistent copy of the database, as an operator's backup is. */
  async backup(): Promise<() => Promise<void>> {
    const copy = join(this.#folder, `backup-${++this.#backups}.db`)
    await this.#stop()
    copyFileSync(this.#file, copy)
    await this.start()
    return () => this.#restore(copy)
  }

  async stop(): Promise<void> {
    await this.#stop()
    rmSync(this.#folder, { recursive: true, force: true })
  }

  async #restore(copy: string): Promise<void> {
    await this.#stop()
    for (const end of ['-wal', '-shm']) if (existsSync(this.#file + end)) rmSync(this.#file + end)
    copyFileSync(copy, this.#file)
    const storage = await openSqlite({ file: this.#file, durable: false })
    await storage.write((tx) => tx.setMeta('epoch', chance.newId()))
    await storage.close()
    await this.start()
  }

  async #restart(): Promise<void> {
    await this.#stop()
    await this.start()
  }

  async #stop(): Promise<void> {
    await this.#app?.close()
    await this.#raw?.close()
    this.#app = this.#services = this.#raw = null
  }

  /** A kill before the commit undoes it; a kill after it loses only the answer. */
  #mortal(storage: Storage): Storage {
    const write: Storage['write'] = (work) =>
      storage.write(async (tx) => {
        const result = await work(tx)
        if (this.#death === 'before') throw new Killed()
        return result
      })
    return new Proxy(storage, {
      get(target, name) {
        if (name === 'write') return write
        const value: unknown = Reflect.get(target, name, target)
        return typeof value === 'function' ? value.bind(target) : value
      },
    })
  }
}
