import { join } from 'node:path'
import { newFolder, removeFolder } from './folders.ts'
import { Nginx } from './nginx.ts'
import { freePort } from './ports.ts'
import { Postgres } from './postgres.ts'
import { ServerProcess } from './serverProcess.ts'

/** Real server processes on one PostgreSQL behind a real proxy. */
export class Cluster {
  readonly postgres: Postgres
  readonly url: string
  readonly #folder = newFolder('cluster')
  readonly #ports: readonly number[]
  readonly servers: ServerProcess[] = []
  readonly proxy: Nginx

  private constructor(postgres: Postgres, url: string, ports: readonly number[], proxy: Nginx) {
    this.postgres = postgres
    this.url = url
    this.#ports = ports
    this.proxy = proxy
  }

  /** All of them start at the same moment on an empty database. */
  static async of(count: number): Promise<Cluster> {
    const postgres = await Postgres.start({ durable: true })
    const url = await postgres.database()
    const ports = await Promise.all(Array.from({ length: count }, freePort))
    const cluster = new Cluster(postgres, url, ports, await Nginx.before(ports))
    await Promise.all(ports.map((_, i) => cluster.start(i)))
    return cluster
  }

  /** Starts the server of this number, at the port where it was before. */
  async start(index: number): Promise<void> {
    const args = ['--port', String(this.#ports[index]), '--database-url', this.url]
    this.servers[index] = await ServerProcess.serving(join(this.#folder, `data-${index}`), args)
  }

  /** Answers the exit code; null where a signal ended it. */
  stop(index: number, signal: 'SIGTERM' | 'SIGKILL'): Promise<number | null> {
    return this.servers[index]?.stop(signal) ?? Promise.resolve(null)
  }

  /** The secret of a set-up link; each server printed one. */
  get secret(): string {
    return this.servers.find(({ secret }) => secret !== '')?.secret ?? ''
  }

  async end(): Promise<void> {
    for (const server of this.servers) await server.stop('SIGKILL')
    await this.proxy.end()
    await this.postgres.end()
    removeFolder(this.#folder)
  }
}
