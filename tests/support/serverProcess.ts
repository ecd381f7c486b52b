import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { compileCache, inRoot } from '../../scripts/lib/paths.mjs'
import { serverFlags } from '../../scripts/lib/serverFlags.mjs'
import { serverFile } from './serverFile.ts'
import { until } from './waiting.ts'

interface Options {
  args: readonly string[]
  env?: Record<string, string>
  /** A command that runs the server: its words come before those of the server. */
  by?: readonly string[]
}

/** The server's command line as a process of its own, with what it said. */
export class ServerProcess {
  readonly child: ChildProcess
  out = ''
  err = ''
  readonly ended: Promise<number | null>

  constructor({ args, env = {}, by = [] }: Options) {
    const node = inRoot('node_modules', '.bin', 'node')
    const flags = [...serverFlags, serverFile()]
    const kept = { NODE_COMPILE_CACHE: compileCache }
    const clean = { PATH: process.env['PATH'], LANG: 'en_US.UTF-8', ...kept, ...env }
    const [command = node, ...words] = [...by, node, ...flags, ...args]
    this.child = spawn(command, words, { env: clean, stdio: ['ignore', 'pipe', 'pipe'] })
    this.child.stdout?.on('data', (bytes: Buffer) => void (this.out += bytes.toString()))
    this.child.stderr?.on('data', (bytes: Buffer) => void (this.err += bytes.toString()))
    this.ended = once(this.child, 'close').then(() => this.child.exitCode)
  }

  /** On a free port of this machine; resolves when it listens. */
  static async serving(
    data: string,
    args: readonly string[] = [],
    env = {},
    by: readonly string[] = [],
  ): Promise<ServerProcess> {
    const all = ['serve', '--port', '0', '--host', '127.0.0.1', '--data', data, ...args]
    const server = new ServerProcess({ args: all, env, by })
    await until('the server says its address', () => server.#settled(), 30_000)
    return server
  }

  #settled(): boolean {
    if (this.child.exitCode !== null) throw new Error(`The server ended: ${this.err}`)
    return this.origin !== ''
  }

  get origin(): string {
    return /(https?:\/\/\S+)/.exec(this.out)?.[1] ?? ''
  }

  /** The secret of the set-up link that it printed, or '' where it printed none. */
  get secret(): string {
    return /\/join#([\w-]+)/.exec(this.out)?.[1] ?? ''
  }

  /** Answers the exit code; null where a signal ended it. */
  async stop(signal: 'SIGTERM' | 'SIGINT' | 'SIGKILL' = 'SIGTERM'): Promise<number | null> {
    this.child.kill(signal)
    return this.ended
  }
}

/** Runs a command that ends by itself. */
export async function runCli(args: readonly string[], env: Record<string, string> = {}) {
  const run = new ServerProcess({ args, env })
  const code = await run.ended
  return { code, out: run.out, err: run.err }
}
