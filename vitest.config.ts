import vue from '@vitejs/plugin-vue'
import { defineConfig } from 'vitest/config'
import { LongestFirst } from './tests/support/longestFirst.ts'

/** Rooms without a disk, a network, a clock or anything that stays: their tests can't leave each other anything. */
const inner = ['tests/domain/**/*.test.ts', 'tests/protocol/**/*.test.ts']
const client = 'tests/client/**/*.test.ts'
/** The server's rooms as parts; but for the two files that put another database under every test that comes after. */
const server = 'tests/server/{auth,http,operator,storage,tls,sync}/**/!(onPostgres|twoProcesses).test.ts'

/** Servers that are processes of their own are started from what is made here. */
const globalSetup = ['tests/support/setupServer.ts']

/**
 * Five projects: `rules` are those of the inner rooms, `client` those of the app in Node (one that needs a document says
 * `// @vitest-environment happy-dom`), `server` those of its rooms; these three share what they import, and the client's run
 * in threads, which begin sooner than the processes that a server wants; `unit` runs each file by itself; `browser` drives
 * real browsers against the built product, two files at a time.
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
        test: { name: 'server', include: [server], isolate: false, testTimeout: 20_000 },
      },
      {
        plugins: [vue()],
        test: {
          name: 'unit',
          include: ['tests/**/*.test.ts'],
          exclude: ['tests/browser/**', client, server, ...inner],
          globalSetup,
          testTimeout: 20_000,
        },
      },
      {
        test: {
          name: 'browser',
          include: ['tests/browser/**/*.test.ts'],
          globalSetup: [...globalSetup, 'tests/support/setup.ts'],
          maxWorkers: 2,
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
    ],
  },
})
