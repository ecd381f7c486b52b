// `npm run test:night`: what is too long for `npm test`. 500 kills of a browser, 3,000 of the server, 10,000 seeds of the
// simulation, these in as many processes as there are cores; some hours on two. `-- --share 0.01` does that share of it.
// Exit code 1 where anything failed.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { availableParallelism } from 'node:os'
import { parseArgs } from 'node:util'
import { withBin } from './lib/child.mjs'
import { root } from './lib/paths.mjs'

const { values } = parseArgs({ options: { share: { type: 'string', default: '1' } } })
const share = Number(values.share)
if (!(share > 0)) throw new Error(`--share ${values.share}: a number above 0 is wanted`)
const some = (count: number): number => Math.max(1, Math.round(count * share))

async function run(command: string, args: readonly string[], more: Record<string, string> = {}) {
  const child = spawn(command, args, { cwd: root, env: { ...withBin(), ...more }, stdio: 'inherit' })
  const [code] = await once(child, 'exit')
  return code === 0
}
const vitest = (project: string, file: string, more: Record<string, string>): Promise<boolean> =>
  run('vitest', ['run', '--project', project, file], more)

/** Seeds from 1 on, shared out in stretches. */
async function simulate(seeds: number, processes: number): Promise<boolean> {
  const each = Math.ceil(seeds / processes)
  const outcomes = Array.from({ length: Math.ceil(seeds / each) }, (_, i) => {
    const [from, count] = [i * each + 1, Math.min(each, seeds - i * each)]
    return run('node', ['tests/scenarios/simulate.ts', '--seeds', String(count), '--from', String(from)])
  })
  return (await Promise.all(outcomes)).every(Boolean)
}

const built = await run('node', ['scripts/build.ts'])
const outcomes = [
  built &&
    (await vitest('browser', 'tests/browser/kill.test.ts', { GATEPOST_BROWSER_KILLS: String(some(500)) })),
  await vitest('unit', 'tests/server/cli/kill.test.ts', { GATEPOST_SERVER_KILLS: String(some(3000)) }),
  await simulate(some(10_000), availableParallelism()),
]
process.exitCode = outcomes.every(Boolean) ? 0 : 1
