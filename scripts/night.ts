// `npm run test:night`: what is too long for `npm test`. 500 kills of a browser, 3,000 of the server, 10,000 seeds of the
// simulation; some hours on two cores. `-- --share 0.01` does that share of it. Exit code 1 where anything failed.
import { spawnSync } from 'node:child_process'
import { parseArgs } from 'node:util'
import { withBin } from './lib/child.mjs'
import { root } from './lib/paths.mjs'

const { values } = parseArgs({ options: { share: { type: 'string', default: '1' } } })
const share = Number(values.share)
const some = (count: number): string => String(Math.max(1, Math.round(count * share)))

function run(command: string, args: readonly string[], more: Record<string, string> = {}): boolean {
  const env = { ...withBin(), ...more }
  return spawnSync(command, args, { cwd: root, env, stdio: 'inherit' }).status === 0
}
const vitest = (project: string, file: string, more: Record<string, string>): boolean =>
  run('vitest', ['run', '--project', project, file], more)

const outcomes = [
  run('node', ['scripts/build.ts']) &&
    vitest('browser', 'tests/browser/kill.test.ts', { GATEPOST_BROWSER_KILLS: some(500) }),
  vitest('unit', 'tests/server/cli/kill.test.ts', { GATEPOST_SERVER_KILLS: some(3000) }),
  run('node', ['tests/scenarios/simulate.ts', '--seeds', some(10_000), '--from', '1']),
]
process.exitCode = outcomes.every(Boolean) ? 0 : 1
