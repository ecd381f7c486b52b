import vue from '@vitejs/plugin-vue'
import { defineConfig } from 'vitest/config'
import { LongestFirst } from './tests/support/longestFirst.ts'

/** Rooms without a disk, a network, a clock or anything that stays: their tests can't leave each other anything. */
const inner = ['tests/domain/**/*.test.ts', 'tests/protocol/**/*.test.ts']
const client = 'tests/client/**/*.test.ts'
/** The server's rooms as parts; but for the two files that put another database under every test that comes after. */
const server = 'tests/server/{auth,http,operator,storage,tls,sync}/**/!(onPostgres|twoProcesses).test.ts'

/** What is tested from outside, as a process or a file: it leaves nothing in the process that tests it. */
const outside = [
  'tests/server/{cli/*,config}.test.ts',
  'tests/{docs,scripts,structure}/**/*.test.ts',
  'tests/scenarios/cluster.test.ts',
]

/** Servers that are processes of their own are started from what is made here. */
const globalSetup = ['tests/support/setupServer.ts']

/**
 * Five projects: `rules` are those of the inner rooms, `client` those of the app in Node (one that needs a document says
 * `// @vitest-environment happy-dom`), `server` those of its rooms and what is tested from outside; the client's run in
 * threads, which begin sooner than the processes that a server wants; `browser` drives real browsers against the built
 * product, two files at a time. Files of one project share what they import, but in `unit`: there each changes what others
 * stand on, such as the database or time itself.
 */
export default defineConfig({
  test: {
    // Left to itself vitest keeps a processor free, which on two of them is every second one.
    maxWorkers: '100%',
    sequence: { sequencer: LongestFirst },
    projects: [
      {
        test: { name: 'rules', include: inner, isolate: false, testTimeout: 20_000 },
      },
      {
        plugins: [vue()],
        test: { name: 'client', include: [client], pool: 'threads', isolate: false, testTimeout: 20_000 },
      },
      {
        test: {
          name: 'server',
          include: [server, ...outside],
          isolate: false,
          globalSetup,
          testTimeout: 20_000,
        },
      },
      {
        plugins: [vue()],
        test: {
          name: 'unit',
          include: ['tests/**/*.test.ts'],
          exclude: ['tests/browser/**', client, server, ...outside, ...inner],
          globalSetup,
          testTimeout: 20_000,
        },
      },
      {
        test: {
          name: 'browser',
          include: ['tests/browser/**/*.test.ts'],
          isolate: false,
          globalSetup: [...globalSetup, 'tests/support/setup.ts'],
          maxWorkers: 2,
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
    ],
  },
})
