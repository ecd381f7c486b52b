import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { inRoot } from '../../scripts/lib/paths.mjs'
import { toolPath } from '../../scripts/lib/tools.ts'
import { newFolder, removeFolder } from './folders.ts'
import { freePort } from './ports.ts'
import { until } from './waiting.ts'

function program(): string {
  const nginx = toolPath('nginx')
  if (!nginx) throw new Error('nginx is missing: apt-get install -y --no-install-recommends nginx')
  return nginx
}

/** `deploy/nginx.conf` with other addresses and without TLS. Throws where the file no longer has what is replaced. */
export function siteFor(port: number, servers: readonly number[]): string {
  const site = readFileSync(inRoot('deploy/nginx.conf'), 'utf8')
  const [example] = /^ +server 127\.0\.0\.1:8081 .*\n/m.exec(site) ?? []
  if (!example || !site.includes('listen 443 ssl http2;')) throw new Error('deploy/nginx.conf has changed')
  const upstream = servers.map((own) => example.replace('8081', String(own))).join('')
  return site
    .replace(/( +server 127\.0\.0\.1:.*\n)+/, upstream)
    .replace('listen 443 ssl http2;', `listen 127.0.0.1:${port};`)
    .replaceAll(/^ *ssl_.*\n/gm, '')
}

/** Debian's defaults, but everything in one folder. */
const around = (folder: string): string => `
worker_processes 2;
pid ${folder}/pid;
error_log ${folder}/errors;
events { worker_connections 1024; }
http {
  access_log off;
  ${['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map((name) => `${name}_temp_path ${folder}/${name};`).join(' ')}
  include ${folder}/site;
}`

/** A real nginx of the test's own before servers at these ports, as the documentation sets it up. */
export class Nginx {
  readonly #folder = newFolder('nginx')
  readonly #child: ChildProcess
  readonly port: number

  private constructor(port: number, servers: readonly number[]) {
    this.port = port
    writeFileSync(join(this.#folder, 'site'), siteFor(port, servers))
    writeFileSync(join(this.#folder, 'conf'), around(this.#folder))
    const args = ['-p', this.#folder, '-c', join(this.#folder, 'conf'), '-g', 'daemon off;']
    this.#child = spawn(program(), args, { stdio: 'ignore' })
  }

  static async before(servers: readonly number[]): Promise<Nginx> {
    for (let tries = 1; ; tries++) {
      const nginx = new Nginx(await freePort(), servers)
      try {
        await until('nginx answers', () => nginx.#answers())
        return nginx
      } catch (error) {
        // Somebody else took the port meanwhile.
        const taken = nginx.#errors().includes('Address already in use')
        await nginx.end()
        if (!taken || tries === 3) throw error
      }
    }
  }

  get origin(): string {
    return `http://127.0.0.1:${this.port}`
  }

  #errors(): string {
    const file = join(this.#folder, 'errors')
    return existsSync(file) ? readFileSync(file, 'utf8') : ''
  }

  /** A 502 is an answer, too: servers may come later. */
  async #answers(): Promise<boolean> {
    if (this.#child.exitCode !== null) throw new Error(`nginx ended:\n${this.#errors()}`)
    return fetch(this.origin).then(
      () => true,
      () => false,
    )
  }

  async end(): Promise<void> {
    const ended = once(this.#child, 'exit')
    if (this.#child.exitCode === null && this.#child.kill('SIGTERM')) await ended
    removeFolder(this.#folder)
  }
}
