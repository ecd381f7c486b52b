import { prepareTools } from './tools.ts'
import { command, type Step } from './step.ts'
import { vitestProjects } from './vitest.ts'

/** Looking at the sources: independent of one another, run two at a time. */
export const looks: readonly Step[] = [
  command('types', 'types: domain, protocol', 'tsc -p tsconfig.inner.json'),
  command('types', 'types: server', 'tsc -p tsconfig.server.json'),
  command('types', 'types: client', 'vue-tsc -p tsconfig.client.json'),
  command('types', 'types: tests', 'vue-tsc -p tsconfig.tests.json'),
  command('types', 'types: scripts', 'tsc -p tsconfig.scripts.json'),
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
