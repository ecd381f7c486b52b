import { prepareTools } from './tools.ts'
import { command, type Step } from './step.ts'
import { types, typesOfClientAndTests } from './types.ts'
import { vitestProjects } from './vitest.ts'

/** Looking at the sources: independent of one another, run two at a time, the longest first. */
export const looks: readonly Step[] = [
  typesOfClientAndTests,
  types('domain, protocol', 'tsconfig.inner.json'),
  types('server', 'tsconfig.server.json'),
  types('scripts', 'tsconfig.scripts.json'),
  command('lint', 'lint', 'oxlint --deny-warnings'),
  command('format', 'format', 'oxfmt --check'),
  command('imports', 'imports', 'depcruise src --config .dependency-cruiser.mjs --output-type err'),
  command('unused', 'unused', 'knip --no-progress'),
]

/** What is fetched for running it, while the sources are looked at. */
export const fetches: readonly Step[] = ['unit', 'browser'].map((group) => ({
  group,
  name: 'PostgreSQL, nginx, browsers',
  run: prepareTools,
}))

/** Running it: one after the other, each needs the machine. */
export const runs: readonly Step[] = [
  vitestProjects('unit', 'rules', 'client', 'server', 'unit'),
  command('build', 'build', 'node scripts/build.ts'),
  command('size', 'size', 'size-limit'),
  vitestProjects('browser', 'browser'),
]
