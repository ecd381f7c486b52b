import { aptBegins, missingTools, packagesFor } from '../lib/tools.ts'
import { one, runCommand, type Outcome, type Ran } from './step.ts'

const byHand = (packages: string): string =>
  `The tests need: ${packages}.\nOn Debian or Ubuntu: sudo apt-get install -y --no-install-recommends ${packages}`

async function installByApt(begins: readonly string[], packages: readonly string[]): Promise<Outcome> {
  const run = (...args: string[]): Promise<Ran> => {
    const [program = '', ...rest] = [...begins, 'apt-get', ...args]
    return runCommand(program, rest)
  }
  const updated = await run('update', '-qq')
  if (updated.code !== 0) return one(updated)
  return one(await run('install', '-y', '-qq', '--no-install-recommends', ...packages))
}

/** Looks for the browsers, the PostgreSQL and the nginx that the tests drive, installs what is missing where it may, else says what to run. */
export async function prepareTools(): Promise<Outcome> {
  const packages = packagesFor(missingTools())
  if (packages.length === 0) return { passed: 1, failed: 0, output: '' }
  const begins = aptBegins()
  const outcome = begins && (await installByApt(begins, packages))
  if (outcome && missingTools().length === 0) return { passed: 1, failed: 0, output: '' }
  const said = outcome ? `${outcome.output}\n` : ''
  return { passed: 0, failed: 1, output: said + byHand(packages.join(' ')) }
}
