import vue from '@vitejs/plugin-vue'
import { defineConfig } from 'vitest/config'

/**
 * Two projects: `unit` runs in Node (a file that needs a document says `// @vitest-environment happy-dom`),
 * `browser` drives real browsers against the built product, one file at a time.
 */
export default defineConfig({
  test: {
    // Left to itself vitest keeps a processor free, which on two of them is every second one.
    maxWorkers: '100%',
    projects: [
      {
        plugins: [vue()],
        test: {
          name: 'unit',
          include: ['tests/**/*.test.ts'],
          exclude: ['tests/browser/**'],
          testTimeout: 20_000,
        },
      },
      {
        test: {
          name: 'browser',
          include: ['tests/browser/**/*.test.ts'],
          globalSetup: ['tests/support/setup.ts'],
          maxWorkers: 2,
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
    ],
  },
})
