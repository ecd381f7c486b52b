import { aptBegins, enginesAmong, hasApt, missingTools, packagesFor, type ToolName } from '../lib/tools.ts'
import { runCommand, type Outcome, type Ran } from './step.ts'

/** The machine as this step sees and changes it. */
export interface Machine {
  missing(): ToolName[]
  /** What begins an `apt-get` that we may run; null = not by us. */
  aptBegins(): readonly string[] | null
  hasApt: boolean
  platform: NodeJS.Platform
  run(program: string, args: readonly string[]): Promise<Ran>
}

const aptLine = 'sudo apt-get install -y --no-install-recommends'

async function installByApt({ run }: Machine, begins: readonly string[], packages: string[]): Promise<Ran> {
  const apt = (...args: string[]): Promise<Ran> => {
    const [program = '', ...rest] = [...begins, 'apt-get', ...args]
    return run(program, rest)
  }
  const updated = await apt('update', '-qq')
  if (updated.code !== 0) return updated
  return apt('install', '-y', '-qq', '--no-install-recommends', ...packages)
}

/**
 * Playwright's browsers of the version in use. What it can install beside them on Linux are Debian's packages, so
 * where there is no apt it is asked for the browsers alone.
 */
function playwrightArgs({ platform, missing }: Machine): string[] {
  const engines = enginesAmong(missing())
  const beside = platform === 'linux' ? [] : ['--with-deps']
  return engines.length === 0 ? [] : ['playwright-core', 'install', ...beside, ...engines]
}

async function install(machine: Machine): Promise<Ran | null> {
  const begins = machine.aptBegins()
  if (begins) return installByApt(machine, begins, packagesFor(machine.missing()))
  if (machine.hasApt) return null
  const [program, ...args] = playwrightArgs(machine)
  return program ? machine.run(program, args) : null
}

/** One line that says what is missing, and one with the command that brings it. */
function byHand(machine: Machine): string {
  const missing = machine.missing()
  const packages = packagesFor(missing).join(' ')
  if (machine.hasApt) return `The tests need: ${packages}.\n${aptLine} ${packages}`
  const browsers = playwrightArgs(machine)
  const lines = [`The tests need: ${missing.join(', ')}. On Debian or Ubuntu: ${aptLine} ${packages}`]
  if (browsers.length > 0) lines.push(`Elsewhere, for the browsers: npx ${browsers.join(' ')}`)
  return lines.join('\n')
}

/** Looks for what the tests drive, installs what is missing where it may, else says what to run. */
export async function prepareOn(machine: Machine): Promise<Outcome> {
  const fine: Outcome = { passed: 1, failed: 0, output: '' }
  if (machine.missing().length === 0) return fine
  const ran = await install(machine)
  if (machine.missing().length === 0) return fine
  return { passed: 0, failed: 1, output: `${ran ? `${ran.output}\n` : ''}${byHand(machine)}` }
}

export const prepareTools = (): Promise<Outcome> =>
  prepareOn({
    missing: missingTools,
    aptBegins,
    hasApt: hasApt(),
    platform: process.platform,
    run: runCommand,
  })
