import { tmpdir } from 'node:os'
import { describe, expect, it } from 'vitest'
import { inRoot } from '../../scripts/lib/paths.mjs'
import { readConfig } from '../../src/server/config.ts'

const configOf = (args: string[], env: Record<string, string> = {}) => {
  const answer = readConfig(args, env)
  if (!answer.ok) throw new Error(answer.problem.key)
  return answer.config
}
const problemOf = (args: string[], env: Record<string, string> = {}) => {
  const answer = readConfig(args, env)
  return answer.ok ? null : answer.problem
}

describe('options', () => {
  it('serve on 8080 from the folder data when nothing is said', () => {
    expect(configOf([])).toMatchObject({
      command: 'serve',
      port: 8080,
      data: 'data',
      lan: false,
      url: undefined,
    })
  })

  it('can stand on the command line or in the environment, and the command line wins', () => {
    const env = {
      GATEPOST_PORT: '81',
      GATEPOST_DATA: '/srv/gate',
      GATEPOST_LAN: '1',
      GATEPOST_LAN_PORT: '82',
    }
    expect(configOf(['serve', '--port=80'], env)).toMatchObject({
      port: 80,
      data: '/srv/gate',
      lan: true,
      lanPort: 82,
    })
  })

  it.each([
    [['--prot', '80'], 'optionUnknown'],
    [['-x'], 'optionUnknown'],
    [['--port', 'many'], 'optionValue'],
    [['--port', '65536'], 'optionValue'],
    [['--port=-1'], 'optionValue'],
    [['--port'], 'optionValue'],
    [['--lan=maybe'], 'optionValue'],
    [['--url', 'gate.example.org'], 'optionValue'],
    [['--url', 'javascript:1'], 'optionValue'],
    [['--log-level', 'loud'], 'optionValue'],
    [['--trust-proxy', 'the proxy'], 'optionValue'],
    [['--trust-proxy', '10.0.0.1, 10.0.0.0/33'], 'optionValue'],
    [['--trust-proxy', 'fd00::/129'], 'optionValue'],
    [['--trust-proxy', '10.0.0.0/8/8'], 'optionValue'],
    [['--tls-cert', 'a.pem'], 'tlsPair'],
    [['--tls-key', 'a.pem'], 'tlsPair'],
    [['--lan', '--tls-cert', 'a', '--tls-key', 'b'], 'tlsAndLan'],
    [['--database-url', 'mysql://u:secret@h/d'], 'optionValue'],
    [['start'], 'commandUnknown'],
    [['serve', 'now'], 'commandUnknown'],
  ])('%j is answered by one clear problem: %s', (args, key) => {
    expect(problemOf(args)?.key).toBe(key)
  })

  it('take the database of several servers from an option or from DATABASE_URL, and never repeat its password', () => {
    const url = 'postgres://app:secret@db.example.org/gatepost'
    expect(configOf([]).database).toBeUndefined()
    expect(configOf([], { DATABASE_URL: url }).database).toBe(url)
    expect(configOf(['--database-url', url], { DATABASE_URL: 'postgres://other' }).database).toBe(url)
    const problem = problemOf(['--database-url', 'mysql://u:secret@h/d'])
    expect(JSON.stringify(problem)).not.toContain('secret')
  })

  it('names what is wrong with a value from the environment', () => {
    const named = (env: Record<string, string>, args: string[] = []) => problemOf(args, env)?.gaps['option']
    expect(problemOf([], { GATEPOST_LAN: 'perhaps' })).toEqual({
      key: 'optionValue',
      gaps: { option: 'GATEPOST_LAN', value: 'perhaps' },
    })
    expect(named({ GATEPOST_PORT: 'x' })).toBe('GATEPOST_PORT')
    expect(named({ GATEPOST_PORT: '80' }, ['--port', 'x'])).toBe('--port')
    expect(named({ GATEPOST_TRUST_PROXY: 'x' })).toBe('GATEPOST_TRUST_PROXY')
    expect(named({ GATEPOST_DATABASE_URL: 'x' })).toBe('GATEPOST_DATABASE_URL')
    expect(named({ DATABASE_URL: 'x' })).toBe('DATABASE_URL')
  })

  it('find the built app beside the sources, wherever the server is started', () => {
    const before = process.cwd()
    process.chdir(tmpdir())
    try {
      expect(configOf([]).client).toBe(inRoot('dist', 'client'))
      expect(configOf(['--client', 'app']).client).toBe('app')
    } finally {
      process.chdir(before)
    }
  })

  it('back up to a file and restore from one', () => {
    expect(configOf(['backup', 'copy.db', '--data', 'd'])).toMatchObject({
      ...{ command: 'backup', file: 'copy.db', data: 'd' },
    })
    expect(configOf(['restore', 'copy.db'])).toMatchObject({ command: 'restore', file: 'copy.db' })
    expect(problemOf(['restore'])).toEqual({ key: 'fileMissing', gaps: { command: 'restore' } })
    expect(problemOf(['backup', 'a', 'b'])?.key).toBe('commandUnknown')
    expect(configOf(['backup', '--help']).command).toBe('help')
  })

  it.each([
    [['--help'], 'help'],
    [['serve', '-h'], 'help'],
    [['--setup'], 'setup'],
    [['setup'], 'setup'],
    [['--version'], 'version'],
  ])('%j asks for %s', (args, command) => {
    expect(configOf(args).command).toBe(command)
  })

  it('keep only the origin of an address, and split the list of proxies', () => {
    const config = configOf([
      '--url',
      'https://gate.example.org/path?x',
      '--trust-proxy',
      '10.0.0.1, 10.0.0.2',
    ])
    expect(config.url).toBe('https://gate.example.org')
    expect(config.trustProxy).toEqual(['10.0.0.1', '10.0.0.2'])
    const ranges = configOf([], { GATEPOST_TRUST_PROXY: '10.0.0.0/8,fd00::/8,uniquelocal,' })
    expect(ranges.trustProxy).toEqual(['10.0.0.0/8', 'fd00::/8', 'uniquelocal'])
  })
})
