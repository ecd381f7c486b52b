import { canInstallByApt, missingTools, packagesFor } from '../lib/tools.ts'
import { one, runCommand, type Outcome } from './step.ts'

const byHand = (packages: string): string =>
  `The tests need: ${packages}.\nOn Debian or Ubuntu: sudo apt-get install -y --no-install-recommends ${packages}`

async function installByApt(packages: readonly string[]): Promise<Outcome> {
  const updated = await runCommand('apt-get', ['update', '-qq'])
  if (updated.code !== 0) return one(updated)
  return one(await runCommand('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...packages]))
}

/** Looks for the browsers, the PostgreSQL and the nginx that the tests drive, installs what is missing where it may, else says what to run. */
export async function prepareTools(): Promise<Outcome> {
  const packages = packagesFor(missingTools())
  if (packages.length === 0) return { passed: 1, failed: 0, output: '' }
  if (canInstallByApt()) {
    const outcome = await installByApt(packages)
    if (missingTools().length === 0) return { passed: 1, failed: 0, output: '' }
    return { passed: 0, failed: 1, output: `${outcome.output}\n${byHand(packages.join(' '))}` }
  }
  return { passed: 0, failed: 1, output: byHand(packages.join(' ')) }
}
