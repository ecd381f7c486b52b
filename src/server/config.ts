import { isIP } from 'node:net'
import { join } from 'node:path'
import { parseArgs } from 'node:util'

/** What the operator may set, as an option (`--port 80`) or in the environment (`GATEPOST_PORT=80`). */
export interface Config {
  command: (typeof commands)[number]
  /** What `backup` and `person export` write, or `restore` reads. */
  file: string
  /** What `person` looks for: an entry has to have all of it. */
  terms: readonly string[]
  /** TCP port; 0 takes any free one. */
  port: number
  /** Address to listen on; absent = all addresses. */
  host: string | undefined
  /** Folder of the database, the keys and the lock. */
  data: string
  /** `postgres://…`: the database of several servers; absent = a file in the data folder. */
  database: string | undefined
  /** Folder of the built app. */
  client: string
  tls: { cert: string; key: string } | undefined
  /** A certificate of our own making for the addresses of this network. */
  lan: boolean
  /** Port of the page that hands out the authority's certificate; 0 takes any free one. */
  lanPort: number
  /** How the phones reach this server, where a proxy or a name stands before it: `https://gate.example.org`. */
  url: string | undefined
  /** Addresses of reverse proxies whose `x-forwarded-for` is believed. */
  trustProxy: string[]
  logLevel: LogLevel
  /** What a scraper of `/metrics` on another machine has to show; absent: only this machine itself may ask. */
  metricsToken: string | undefined
}

const commands = [
  ...(['serve', 'setup', 'backup', 'restore', 'epoch', 'verify', 'recount', 'recount-fix'] as const),
  ...(['person-export', 'person-erase', 'help', 'version'] as const),
] as const

const logLevels = ['silent', 'error', 'warn', 'info', 'debug'] as const
export type LogLevel = (typeof logLevels)[number]

/** What is wrong with an option: a key of the terminal's catalogue, and its gaps. */
export interface ConfigProblem {
  key:
    | 'optionUnknown'
    | 'optionValue'
    | 'tlsPair'
    | 'commandUnknown'
    | 'tlsAndLan'
    | 'fileMissing'
    | 'termsMissing'
  gaps: Record<string, string>
}

export type ConfigAnswer = { ok: true; config: Config } | { ok: false; problem: ConfigProblem }

/** From wherever the server is started, the app that was built in its own folder. */
const builtApp = join(import.meta.dirname, '..', '..', 'dist', 'client')

const options = {
  port: { type: 'string' },
  host: { type: 'string' },
  data: { type: 'string' },
  'database-url': { type: 'string' },
  client: { type: 'string' },
  'tls-cert': { type: 'string' },
  'tls-key': { type: 'string' },
  lan: { type: 'boolean' },
  'lan-port': { type: 'string' },
  url: { type: 'string' },
  'trust-proxy': { type: 'string' },
  'log-level': { type: 'string' },
  'metrics-token': { type: 'string' },
  setup: { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
  version: { type: 'boolean' },
} as const

type Option = keyof typeof options
type Values = Partial<Record<Option, string | boolean>>

const envName = (option: string): string => `GATEPOST_${option.toUpperCase().replaceAll('-', '_')}`

class Wrong extends Error {
  readonly problem: ConfigProblem
  constructor(key: ConfigProblem['key'], gaps: Record<string, string> = {}) {
    super(key)
    this.problem = { key, gaps }
  }
}

/** Reads the command line and the environment; the command line wins. Nothing is opened or made here. */
export function readConfig(args: readonly string[], env: Readonly<Record<string, string | undefined>>) {
  try {
    return { ok: true, config: configOf(args, env) } satisfies ConfigAnswer
  } catch (error) {
    if (error instanceof Wrong) return { ok: false, problem: error.problem } satisfies ConfigAnswer
    throw error
  }
}

function configOf(args: readonly string[], env: Readonly<Record<string, string | undefined>>): Config {
  const { values, positionals } = parse(args)
  const given = (option: Option): string | undefined => text(values[option]) ?? env[envName(option)]
  const named = (option: Option): Named => ({
    name: text(values[option]) === undefined ? envName(option) : `--${option}`,
    value: given(option),
  })
  const lan = flag(values.lan, env[envName('lan')], 'lan')
  const tls = tlsPair(given('tls-cert'), given('tls-key'))
  if (lan && tls) throw new Wrong('tlsAndLan')
  return {
    ...commandOf(values, positionals),
    port: port(named('port'), 8080),
    host: given('host') || undefined,
    data: given('data') || 'data',
    database: database(
      given('database-url') ? named('database-url') : { name: 'DATABASE_URL', value: env['DATABASE_URL'] },
    ),
    client: given('client') || builtApp,
    tls,
    lan,
    lanPort: port(named('lan-port'), 8081),
    url: address(named('url')),
    trustProxy: proxies(named('trust-proxy')),
    metricsToken: given('metrics-token') || undefined,
    logLevel: oneOf(named('log-level'), 'warn', logLevels),
  }
}

function parse(args: readonly string[]): { values: Values; positionals: string[] } {
  const { values, positionals, tokens } = parseArgs({
    args: [...args],
    options,
    strict: false,
    allowPositionals: true,
    tokens: true,
  })
  for (const token of tokens) {
    if (token.kind !== 'option') continue
    if (!Object.hasOwn(options, token.name)) throw new Wrong('optionUnknown', { option: token.rawName })
    const wanted = Object.entries(options).find(([name]) => name === token.name)?.[1].type
    if ((wanted === 'string') !== (token.value !== undefined))
      throw new Wrong('optionValue', { option: token.rawName, value: token.value ?? '' })
  }
  return { values, positionals }
}

type Command = Pick<Config, 'command' | 'file' | 'terms'>
const plain = (command: Config['command']): Command => ({ command, file: '', terms: [] })

function commandOf(values: Values, [first = 'serve', ...rest]: readonly string[]): Command {
  if (values.help) return plain('help')
  if (values.version) return plain('version')
  if (first === 'backup' || first === 'restore') return { ...plain(first), file: fileOf(first, rest) }
  if (first === 'person') return personOf(rest)
  if (first === 'epoch' && rest.join(' ') === 'raise') return plain('epoch')
  if (first === 'recount' && rest.join(' ') === 'fix') return plain('recount-fix')
  if (rest.length > 0) throw new Wrong('commandUnknown', { command: rest.join(' ') })
  if (first === 'serve') return plain(values.setup ? 'setup' : 'serve')
  const known = (['setup', 'verify', 'recount', 'help'] as const).find((name) => name === first)
  if (known) return plain(known)
  throw new Wrong('commandUnknown', { command: first })
}

/** `person export FILE TERM …`, `person erase TERM …`; a short term would fit everybody. */
function personOf([what = '', ...rest]: readonly string[]): Command {
  if (what !== 'export' && what !== 'erase') throw new Wrong('commandUnknown', { command: `person ${what}` })
  const [file, terms] = what === 'export' ? [rest[0] ?? '', rest.slice(1)] : ['', rest]
  if (terms.length === 0 || terms.some((term) => term.trim().length < 2)) throw new Wrong('termsMissing')
  return { command: `person-${what}`, file, terms: terms.map((term) => term.trim()) }
}

function fileOf(command: 'backup' | 'restore', [file, ...rest]: readonly string[]): string {
  if (!file) throw new Wrong('fileMissing', { command })
  if (rest.length > 0) throw new Wrong('commandUnknown', { command: rest.join(' ') })
  return file
}

const text = (value: string | boolean | undefined): string | undefined =>
  typeof value === 'string' ? value : undefined

function flag(value: string | boolean | undefined, fromEnv: string | undefined, option: string): boolean {
  if (value === true) return true
  if (fromEnv === undefined || ['', '0', 'false', 'no'].includes(fromEnv)) return false
  if (['1', 'true', 'yes'].includes(fromEnv)) return true
  throw new Wrong('optionValue', { option: envName(option), value: fromEnv })
}

/** What was given, under the name by which the operator gave it: `--port` or `GATEPOST_PORT`. */
interface Named {
  name: string
  value: string | undefined
}

const wrongValue = ({ name }: Named, value: string): Wrong =>
  new Wrong('optionValue', { option: name, value })

function port(given: Named, otherwise: number): number {
  const { value } = given
  if (!value) return otherwise
  const number = Number(value)
  if (/^\d{1,5}$/.test(value) && number <= 65535) return number
  throw wrongValue(given, value)
}

const rangeNames = ['loopback', 'linklocal', 'uniquelocal']

/** An address, a range (`10.0.0.0/8`), or a name that Fastify has for one. */
function isRange(text: string): boolean {
  if (rangeNames.includes(text)) return true
  const [address = '', bits, ...rest] = text.split('/')
  const family = isIP(address)
  if (family === 0 || rest.length > 0) return false
  return bits === undefined || (/^[1-9]\d{0,2}$/.test(bits) && Number(bits) <= (family === 4 ? 32 : 128))
}

function proxies(given: Named): string[] {
  const parts = (given.value ?? '').split(',').map((part) => part.trim())
  const wrong = parts.find((part) => part !== '' && !isRange(part))
  if (wrong !== undefined) throw wrongValue(given, wrong)
  return parts.filter(Boolean)
}

function tlsPair(cert: string | undefined, key: string | undefined): Config['tls'] {
  if (cert && key) return { cert, key }
  if (cert || key) throw new Wrong('tlsPair')
  return undefined
}

function address(given: Named): string | undefined {
  const { value } = given
  if (!value) return undefined
  const url = URL.parse(value)
  if (url && /^https?:$/.test(url.protocol)) return url.origin
  throw wrongValue(given, value)
}

/** Its password is nobody's to read, so a wrong one is not repeated. */
function database(given: Named): string | undefined {
  const { value } = given
  if (!value) return undefined
  const protocol = URL.parse(value)?.protocol ?? ''
  if (/^postgres(ql)?:$/.test(protocol)) return value
  throw wrongValue(given, protocol ? `${protocol}//…` : '…')
}

function oneOf<T extends string>(given: Named, otherwise: T, allowed: readonly T[]): T {
  const value = given.value ?? otherwise
  const found = allowed.find((one) => one === value)
  if (found) return found
  throw wrongValue(given, value)
}
