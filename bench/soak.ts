/**
 * Pages of a hundred entries at half of what the server can take, for as long as one likes: how late answers are, and
 * whether memory grows. One line of JSON.
 *   node soak.ts [--seconds 600] [--database-url postgres://…]
 */
import { parseArgs } from 'node:util'
import { freshFolder, removeFolder } from './lib/folders.ts'
import { median, tidy } from './lib/stats.ts'
import { enrolCrowd, parcel } from './load/crowd.ts'
import { percentiles } from './load/percentiles.ts'
import { rssMb } from './load/process.ts'
import { drive } from './load/send.ts'
import { startServers } from './load/servers.ts'
import { steady } from './load/steady.ts'

const { values } = parseArgs({
  options: { seconds: { type: 'string', default: '600' }, 'database-url': { type: 'string' } },
})
const seconds = Number(values.seconds)
const shape = { entriesPerPage: 100, pagesPerRequest: 1 }
const dir = freshFolder('soak')
const servers = await startServers(dir, 1, values['database-url'])
try {
  const crowd = await enrolCrowd(servers.origins[0] ?? '', servers.secret, 48)
  const queues = crowd.phones.map((phone) =>
    Array.from({ length: 20 }, () => parcel(phone, crowd.scene, shape)),
  )
  const { ms, took } = await drive(servers.origins, queues)
  const capacity = (took.length / ms) * 1000
  const memory: number[] = []
  const watch = setInterval(() => memory.push(rssMb(servers.pids[0] ?? 0)), 1000)
  const { took: pages, failed } = await steady(servers.origins, crowd, shape, capacity / 2, seconds)
  clearInterval(watch)
  const third = Math.floor(memory.length / 3)
  const figures = percentiles(pages.map((page) => page.ms))
  console.log(
    JSON.stringify({
      on: values['database-url'] ? 'postgres' : 'sqlite',
      seconds,
      capacity_pages_per_s: tidy(capacity),
      pages: pages.length,
      failed,
      ...figures,
      p99_over_p50: tidy(figures.p99_ms / figures.p50_ms),
      // The first third is where caches fill.
      rss_mb_middle: tidy(median(memory.slice(third, 2 * third))),
      rss_mb_end: tidy(median(memory.slice(2 * third))),
      rss_mb_most: tidy(Math.max(...memory)),
    }),
  )
} finally {
  await servers.stop()
  removeFolder(dir)
}
