import { afterAll, beforeAll, describe } from 'vitest'
import { openPostgres } from '../../../src/server/storage/postgres/open.ts'
import { TestCentre } from '../../support/centre.ts'
import { Postgres } from '../../support/postgres.ts'

/** What holds on SQLite holds on PostgreSQL: the same tests, on the other driver. */

let postgres: Postgres
beforeAll(async () => {
  postgres = await Postgres.start()
  const urls = [await postgres.database(), await postgres.database()]
  // The same centre after a restart finds what it had; of several in one test each has its own.
  const last = urls.map(() => '')
  let next = 0
  TestCentre.open = async (file) => {
    if (!last.includes(file)) {
      next = (next + 1) % urls.length
      last[next] = file
      await postgres.empty(urls[next] ?? '')
    }
    return openPostgres({ url: urls[last.indexOf(file)] ?? '' })
  }
})
afterAll(() => postgres.end())

const stories = {
  push: () => import('./push.test.ts'),
  pull: () => import('./pull.test.ts'),
  held: () => import('./held.test.ts'),
  documents: () => import('./documents.test.ts'),
  members: () => import('./members.test.ts'),
  forks: () => import('./forks.test.ts'),
  time: () => import('./time.test.ts'),
  tallies: () => import('./tallies.test.ts'),
  anyOrder: () => import('./anyOrder.test.ts'),
  retention: () => import('./retention.test.ts'),
  batch: () => import('./batch.test.ts'),
  failures: () => import('./failures.test.ts'),
  together: () => import('./together.test.ts'),
}
for (const [name, load] of Object.entries(stories))
  describe(`on PostgreSQL: ${name}`, async () => {
    await load()
  })
