import { spawnSync } from 'node:child_process'
import { accessSync, constants, existsSync, readdirSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { chromium, firefox, webkit } from 'playwright-core'

/** A program of the machine that tests need, and the Debian package that has it. */
interface Tool {
  names: readonly string[]
  package: string
}

const tools = {
  // The same engine without the windows that nobody looks at here: a start takes less than half.
  chromium: {
    names: ['chromium-headless-shell', 'chromium', 'chromium-browser', 'google-chrome'],
    package: 'chromium-headless-shell',
  },
  firefox: { names: ['firefox-esr', 'firefox'], package: 'firefox-esr' },
  webkit: { names: ['WebKitWebDriver'], package: 'webkit2gtk-driver' },
  display: { names: ['Xvfb'], package: 'xvfb' },
  bus: { names: ['dbus-daemon'], package: 'dbus' },
  postgres: { names: ['postgres'], package: 'postgresql' },
  nginx: { names: ['nginx'], package: 'nginx' },
} as const satisfies Record<string, Tool>

export type ToolName = keyof typeof tools

const isExecutable = (path: string): boolean => {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}

/** Debian keeps each PostgreSQL's programs in a folder of its own, outside of PATH; the newest comes first. */
function postgresFolders(): string[] {
  const versions = '/usr/lib/postgresql'
  const found = existsSync(versions) ? readdirSync(versions).sort((a, b) => Number(b) - Number(a)) : []
  return found.map((version) => join(versions, version, 'bin'))
}

type Env = Readonly<Record<string, string | undefined>>

/** Path of a tool, or null where the machine has none. `GATEPOST_CHROMIUM=/path` (and so on) goes first. */
export function toolPath(name: ToolName, env: Env = process.env): string | null {
  const named = env[`GATEPOST_${name.toUpperCase()}`]
  if (named) return named
  const folders = [...(env['PATH'] ?? '').split(delimiter), '/usr/sbin', ...postgresFolders()]
  const paths = tools[name].names.flatMap((program) => folders.map((folder) => join(folder, program)))
  return paths.find(isExecutable) ?? null
}

const engines = { chromium, firefox, webkit }
export type Engine = keyof typeof engines

/** Where Playwright keeps the browser that belongs to the version in use, whether or not it is there. */
export type PlaywrightPath = (engine: Engine) => string
const usualPath: PlaywrightPath = (engine) => engines[engine].executablePath()

/** Playwright's own browser, where it was installed. The machine's goes first, since tests are tried with that. */
export function playwrightEngine(engine: Engine, env?: Env, pathOf = usualPath): string | null {
  if (toolPath(engine, env) !== null) return null
  const path = pathOf(engine)
  return isExecutable(path) ? path : null
}

export const chromiumPath = (): string => toolPath('chromium') ?? playwrightEngine('chromium') ?? 'chromium'

const isEngine = (name: ToolName): name is Engine => name in engines
/** What only the machine's WebKit wants: a screen and a bus of its own. */
const besideWebKit: readonly ToolName[] = ['display', 'bus']

export function missingTools(env: Env = process.env, pathOf = usualPath): ToolName[] {
  const fromPlaywright = (name: ToolName): boolean =>
    isEngine(name) && playwrightEngine(name, env, pathOf) !== null
  return (Object.keys(tools) as ToolName[]).filter((name) => {
    if (toolPath(name, env) !== null || fromPlaywright(name)) return false
    return !(besideWebKit.includes(name) && fromPlaywright('webkit'))
  })
}

/** Those of the missing that Playwright can bring. */
export const enginesAmong = (missing: readonly ToolName[]): Engine[] => missing.filter(isEngine)

const fonts = 'fonts-noto-cjk'

/** Debian packages that bring the tools; Chinese fonts come along, or screens would be measured in boxes. */
export const packagesFor = (missing: readonly ToolName[]): string[] =>
  missing.length === 0 ? [] : [...missing.map((name) => tools[name].package), fonts]

export const hasApt = (): boolean => existsSync('/usr/bin/apt-get')

/** What begins a command that installs packages: nothing as root, `sudo` where it asks no password; null = not by us. */
export function aptBegins(): readonly string[] | null {
  if (!hasApt()) return null
  if (process.getuid?.() === 0) return []
  return spawnSync('sudo', ['-n', 'true'], { stdio: 'ignore' }).status === 0 ? ['sudo', '-n'] : null
}
