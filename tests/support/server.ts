import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { inRoot } from '../../scripts/lib/paths.mjs'
import { serverFlags } from '../../scripts/lib/serverFlags.mjs'
import { newFolder, removeFolder } from './folders.ts'
import { serverFile } from './serverFile.ts'
import { until } from './waiting.ts'

interface Options {
  /** Folder of the built app; absent = the one that was built last. */
  client?: string
  /** Port; 0 = any free one. */
  port?: number
}

/** The real server as a process of its own, on a data folder of its own. */
export class Server {
  readonly data = newFolder('data')
  port = 0
  said = ''
  #child: ChildProcess | null = null

  /** Address for a browser on this machine: a secure context without a certificate. */
  get origin(): string {
    return `http://127.0.0.1:${this.port}`
  }

  /** Starts it; from the second time on at the same port. Resolves when it answers. */
  async start({ client, port = this.port }: Options = {}): Promise<void> {
    const args = ['serve', '--port', String(port), '--host', '127.0.0.1', '--data', join(this.data, 'data')]
    if (client) args.push('--client', client)
    const node = inRoot('node_modules', '.bin', 'node')
    this.said = ''
    const env = { ...process.env, LANG: 'en_US.UTF-8', LC_ALL: 'en_US.UTF-8' }
    const child = spawn(node, [...serverFlags, serverFile(), ...args], { env })
    this.#child = child
    const hear = (bytes: Buffer): void => void (this.said += bytes.toString())
    child.stdout.on('data', hear)
    child.stderr.on('data', hear)
    this.port = await until('the server says its address', () => this.#portSaid(), 30_000)
    await until('the server answers', () => this.answers())
  }

  #portSaid(): number | null {
    if (this.#child?.exitCode !== null) throw new Error(`The server ended:\n${this.said}`)
    const [, port] = /http:\/\/[^\s/:]+:(\d+)/.exec(this.said) ?? []
    return port ? Number(port) : null
  }

  async answers(): Promise<boolean> {
    const answer = await fetch(`${this.origin}/healthz`).catch(() => null)
    return answer?.ok === true
  }

  /** The one-time set-up link that it printed, for this machine. */
  setupLink(): string {
    const [, token] = /\/join#([\w-]{22,64})/.exec(this.said) ?? []
    if (!token) throw new Error(`No set-up link among:\n${this.said}`)
    return `${this.origin}/join#${token}`
  }

  /** `SIGTERM` lets it finish, `SIGKILL` does not. */
  async stop(signal: 'SIGTERM' | 'SIGKILL' = 'SIGTERM'): Promise<void> {
    const child = this.#child
    if (!child || child.exitCode !== null) return
    this.#child = null
    const ended = once(child, 'exit')
    child.kill(signal)
    await ended
  }

  async end(): Promise<void> {
    await this.stop('SIGKILL')
    removeFolder(this.data)
  }
}
