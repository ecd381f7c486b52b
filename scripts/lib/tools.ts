import { spawnSync } from 'node:child_process'
import { accessSync, constants, existsSync, readdirSync } from 'node:fs'
import { delimiter, join } from 'node:path'

/** A program of the machine that tests need, and the Debian package that has it. */
interface Tool {
  names: readonly string[]
  package: string
}

const tools = {
  chromium: { names: ['chromium', 'chromium-browser', 'google-chrome'], package: 'chromium' },
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

/** Path of a tool, or null where the machine has none. `GATEPOST_CHROMIUM=/path` (and so on) goes first. */
export function toolPath(name: ToolName): string | null {
  const named = process.env[`GATEPOST_${name.toUpperCase()}`]
  if (named) return named
  const folders = [...(process.env['PATH'] ?? '').split(delimiter), '/usr/sbin', ...postgresFolders()]
  const paths = tools[name].names.flatMap((program) => folders.map((folder) => join(folder, program)))
  return paths.find(isExecutable) ?? null
}

export const missingTools = (): ToolName[] =>
  (Object.keys(tools) as ToolName[]).filter((name) => toolPath(name) === null)

const fonts = 'fonts-noto-cjk'

/** Debian packages that bring the tools; Chinese fonts come along, or screens would be measured in boxes. */
export const packagesFor = (missing: readonly ToolName[]): string[] =>
  missing.length === 0 ? [] : [...missing.map((name) => tools[name].package), fonts]

/** What begins a command that installs packages: nothing as root, `sudo` where it asks no password; null = not by us. */
export function aptBegins(): readonly string[] | null {
  if (!existsSync('/usr/bin/apt-get')) return null
  if (process.getuid?.() === 0) return []
  return spawnSync('sudo', ['-n', 'true'], { stdio: 'ignore' }).status === 0 ? ['sudo', '-n'] : null
}
