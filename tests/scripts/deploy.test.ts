import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { inRoot } from '../../scripts/lib/paths.mjs'
import { serverFlags } from '../../scripts/lib/serverFlags.mjs'
import { paths } from '../../src/protocol/api.ts'
import { pushMaxBytes } from '../../src/protocol/page.ts'
import { readConfig, type Config } from '../../src/server/config.ts'

const read = (file: string): string => readFileSync(inRoot('deploy', file), 'utf8')

/** What the server makes of a command line and an environment; fails where it would refuse to start. */
function configOf(args: readonly string[], env: Record<string, string> = {}): Config {
  const answer = readConfig(args, env)
  if (!answer.ok) throw new Error(`refused: ${answer.problem.key} ${JSON.stringify(answer.problem.gaps)}`)
  return answer.config
}

/** One instruction per element, lines that go on joined, without comments. */
const instructions = read('Dockerfile')
  .replaceAll(/^#.*\n/gm, '')
  .replaceAll(/\\\n\s*/g, ' ')
  .split('\n')
  .filter(Boolean)
const all = (name: string): string[] =>
  instructions.flatMap((line) => (line.startsWith(`${name} `) ? line.slice(name.length + 1) : []))

describe('the Dockerfile', () => {
  it('has instructions only that are known, and builds on named versions', () => {
    const known = /^(FROM|WORKDIR|COPY|RUN|ENV|USER|VOLUME|EXPOSE|HEALTHCHECK|STOPSIGNAL|ENTRYPOINT|CMD) \S/
    for (const line of instructions) expect(line).toMatch(known)
    for (const image of all('FROM')) expect(image).toMatch(/^node:24-bookworm-slim( AS \w+)?$/)
  })

  it('starts the server as the tests and npm start do, as somebody who is not root', () => {
    const [entry, command] = [JSON.parse(all('ENTRYPOINT')[0] ?? ''), JSON.parse(all('CMD')[0] ?? '')]
    expect(entry).toEqual(['node', ...serverFlags, 'src/server/cli.ts'])
    expect(existsSync(inRoot(entry.at(-1)))).toBe(true)
    const env = Object.fromEntries((all('ENV')[0] ?? '').split(' ').map((pair) => pair.split('=')))
    expect(configOf(command, env)).toMatchObject({
      command: 'serve',
      data: '/data',
      port: Number(all('EXPOSE')[0]),
    })
    expect(all('USER').at(-1)).toBe('node')
    expect(all('STOPSIGNAL')).toEqual(['SIGTERM'])
  })

  it('asks whether it is ready, and leaves what a build leaves behind', () => {
    expect(all('HEALTHCHECK')[0]).toContain(paths.ready)
    expect(all('RUN').join()).toMatch(/npm ci .*npm run build/)
    const ignored = readFileSync(inRoot('.dockerignore'), 'utf8').split('\n')
    expect(ignored).toEqual(expect.arrayContaining(['.git', 'node_modules', 'data']))
    // What the image copies is not ignored.
    for (const part of ['src', 'scripts', 'package.json', 'public']) expect(ignored).not.toContain(part)
  })
})

interface Service {
  image: string
  command?: string[]
  environment?: Record<string, string>
  healthcheck?: unknown
  depends_on?: unknown
  read_only?: boolean
}
const compose: { services: Record<string, Service>; volumes: object } = parse(read('compose.yaml'), {
  merge: true,
})

describe('the compose file', () => {
  it('has PostgreSQL, two servers and Caddy', () => {
    expect(Object.keys(compose.services)).toEqual(['database', 'server1', 'server2', 'caddy'])
    expect(compose.services['database']?.image).toMatch(/^postgres:15/)
    expect(compose.services['database']?.healthcheck).toBeDefined()
  })

  it.each(['server1', 'server2'])(
    'starts %s by a command that the server takes, on that database',
    (name) => {
      const { command = [], environment = {}, read_only: sealed } = compose.services[name] ?? {}
      const filled = Object.entries(environment).map(([key, value]) => [
        key,
        value.replaceAll(/\$\{[^}]+\}/g, 'secret'),
      ])
      const config = configOf(command, Object.fromEntries(filled))
      expect(config).toMatchObject({
        ...{ command: 'serve', database: 'postgres://gatepost:secret@database:5432/gatepost' },
        ...{ metricsToken: 'secret', url: 'https://gate.example.org' },
      })
      expect(config.trustProxy).toEqual(['172.30.0.0/24'])
      expect(sealed).toBe(true)
    },
  )

  it('has no secret in it', () => {
    expect(read('compose.yaml').match(/(PASSWORD|TOKEN): (?!\$\{)/g)).toBeNull()
  })
})

describe('the Caddyfile', () => {
  it('sends calls to both servers while they are ready, lets whole pushes pass, and hides the metrics', () => {
    const text = read('Caddyfile')
    expect(text).toContain('reverse_proxy server1:8080 server2:8080')
    expect(text).toContain(`health_uri ${paths.ready}`)
    expect(Number(/max_size (\d+)MB/.exec(text)?.[1]) * 1_000_000).toBeGreaterThan(pushMaxBytes)
    expect(text).toMatch(new RegExp(`@inner path ${paths.metrics}\\s+respond @inner 404`))
    expect(text.split('{').length).toBe(text.split('}').length)
  })
})

describe('the systemd unit', () => {
  const unit = read('gatepost.service')
  const value = (name: string): string => new RegExp(`^${name}=(.*)$`, 'm').exec(unit)?.[1] ?? ''

  it('has sections and settings only', () => {
    for (const line of unit.split('\n').filter(Boolean)) expect(line).toMatch(/^(#|\[\w+\]$|[A-Z]\w+=\S)/)
    expect(unit.match(/^\[\w+\]$/gm)).toEqual(['[Unit]', '[Service]', '[Install]'])
  })

  it('starts the server by a command that it takes, not as root, with time to finish', () => {
    const [, args = ''] = /^\/usr\/bin\/npm start -- (.*)$/.exec(value('ExecStart')) ?? []
    const config = configOf(args.split(' '))
    expect(config).toMatchObject({ command: 'serve', host: '127.0.0.1', data: '/var/lib/gatepost' })
    expect(value('User')).toBe('gatepost')
    expect(value('KillSignal')).toBe('SIGTERM')
    // The server itself gives up after 15 s.
    expect(Number(value('TimeoutStopSec'))).toBeGreaterThan(15)
    expect(value('ReadWritePaths').split(' ')).toContain(config.data)
    // Without it os.networkInterfaces() throws, and the server does not start.
    expect(value('RestrictAddressFamilies').split(' ')).toContain('AF_NETLINK')
  })
})
