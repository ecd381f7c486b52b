import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { chownSync, realpathSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { Client } from 'pg'
import { toolPath } from '../../scripts/lib/tools.ts'
import { newFolder, removeFolder } from './folders.ts'
import { freePort } from './ports.ts'
import { until } from './waiting.ts'

interface Options {
  /** True where what is tested is that commits are on disk. */
  durable?: boolean
  /** Further settings, `name=value`. */
  settings?: readonly string[]
}

/** PostgreSQL refuses to run as root; this is Debian's `nobody`. */
const nobody = { uid: 65534, gid: 65534 }
const isRoot = process.getuid?.() === 0
const owner = isRoot ? nobody : {}

/** Where PostgreSQL's own programs lie. */
function programs(): string {
  const postgres = toolPath('postgres')
  if (!postgres)
    throw new Error('PostgreSQL is missing: apt-get install -y --no-install-recommends postgresql')
  return dirname(realpathSync(postgres))
}

/** A real PostgreSQL of the test's own, in a folder of its own. */
export class Postgres {
  readonly #folder = newFolder('postgres')
  readonly #options: Options
  port = 0
  #child: ChildProcess | null = null
  #databases = 0
  #said = ''
  /** Connections that empty databases, by their address: each is kept for the next time. */
  readonly #emptying = new Map<string, Client>()

  constructor(options: Options = {}) {
    this.#options = options
  }

  static start(options: Options = {}): Promise<Postgres> {
    return new Postgres(options).start()
  }

  /** Makes the cluster at the first call; later ones start it again at the same port. */
  async start(): Promise<this> {
    const first = this.port === 0
    if (first) {
      if (isRoot) chownSync(this.#folder, nobody.uid, nobody.gid)
      await this.#finish('initdb', ['-D', this.#data, '-U', 'app', '-A', 'trust', '--locale=C.UTF-8', '-N'])
      this.port = await freePort()
    }
    const { durable = false, settings = [] } = this.#options
    const all = [
      ...['listen_addresses=127.0.0.1', `unix_socket_directories=${this.#folder}`, 'max_connections=100'],
      ...[`fsync=${durable ? 'on' : 'off'}`, 'shared_buffers=64MB', 'log_min_messages=fatal'],
      ...settings,
    ]
    const args = ['-D', this.#data, '-p', String(this.port), ...all.flatMap((one) => ['-c', one])]
    this.#child = this.#spawn('postgres', args)
    await until('PostgreSQL answers', () => this.#answers())
    return this
  }

  get #data(): string {
    return join(this.#folder, 'cluster')
  }

  url(database: string): string {
    return `postgres://app@127.0.0.1:${this.port}/${database}`
  }

  /** Of the process that all others are children of; 0 while it does not run. */
  get pid(): number {
    return this.#child?.pid ?? 0
  }

  /** An empty database; answers its address. */
  async database(encoding = 'UTF8'): Promise<string> {
    const name = `test_${++this.#databases}`
    const locale = encoding === 'UTF8' ? '' : ` encoding '${encoding}' locale 'C'`
    await this.ask(`create database ${name}${locale} template template0`)
    return this.url(name)
  }

  /**
   * Empties all tables but the list of migrations: faster than another database. Few rows are deleted sooner than tables are
   * truncated, and to connect takes longer than either.
   */
  async empty(url: string): Promise<void> {
    const client = this.#emptying.get(url) ?? (await this.#connect(url))
    await client.query(`do $$ declare name text; begin
      set local session_replication_role = replica;
      for name in select tablename from pg_tables where schemaname = 'public' and tablename not like 'kysely%'
        loop execute 'delete from ' || quote_ident(name); end loop;
      for name in select sequencename from pg_sequences where schemaname = 'public'
        loop execute 'alter sequence ' || quote_ident(name) || ' restart'; end loop; end $$`)
  }

  async #connect(url: string): Promise<Client> {
    const client = new Client({ connectionString: url })
    client.on('error', () => this.#emptying.delete(url))
    await client.connect()
    this.#emptying.set(url, client)
    return client
  }

  /** How many connections wait for a lock. */
  async waiting(): Promise<number> {
    const sql = "select count(*)::int as n from pg_stat_activity where wait_event_type = 'Lock'"
    return Number((await this.ask(sql))[0]?.['n'])
  }

  async drop(url: string): Promise<void> {
    await this.ask(`drop database ${new URL(url).pathname.slice(1)} with (force)`)
  }

  /** Runs a statement as the owner of everything. */
  async ask(sql: string, url = this.url('postgres')): Promise<Record<string, unknown>[]> {
    const client = new Client({ connectionString: url })
    await client.connect()
    try {
      return (await client.query<Record<string, unknown>>(sql)).rows
    } finally {
      await client.end()
    }
  }

  /** `SIGINT` ends connections at once but cleanly; `SIGQUIT` is a crash, after which it recovers at the next start. */
  async stop(signal: 'SIGINT' | 'SIGQUIT' = 'SIGINT'): Promise<void> {
    const child = this.#child
    this.#child = null
    if (!child || child.exitCode !== null) return
    await Promise.all([...this.#emptying.values()].map((client) => client.end()))
    this.#emptying.clear()
    const ended = once(child, 'exit')
    child.kill(signal)
    await ended
  }

  async end(): Promise<void> {
    await this.stop('SIGQUIT')
    removeFolder(this.#folder)
  }

  async #answers(): Promise<boolean> {
    if (this.#child?.exitCode !== null) throw new Error(`PostgreSQL ended:\n${this.#said}`)
    return this.ask('select 1').then(
      () => true,
      () => false,
    )
  }

  #spawn(program: string, args: readonly string[]): ChildProcess {
    const options = {
      ...owner,
      cwd: this.#folder,
      stdio: ['ignore', 'pipe', 'pipe'] as ['ignore', 'pipe', 'pipe'],
    }
    const child = spawn(join(programs(), program), args, options)
    const hear = (bytes: Buffer): void => void (this.#said += bytes.toString())
    child.stdout.on('data', hear)
    child.stderr.on('data', hear)
    return child
  }

  /** Runs one of PostgreSQL's own programs, such as `pg_dump`, to its end; fails with what it said. */
  async run(program: string, args: readonly string[]): Promise<void> {
    this.#said = ''
    await this.#finish(program, args)
  }

  async #finish(program: string, args: readonly string[]): Promise<void> {
    const child = this.#spawn(program, args)
    await once(child, 'close')
    if (child.exitCode !== 0) throw new Error(`${program} failed:\n${this.#said}`)
  }
}
