/**
 * How late pushes are answered while a database of some size is copied. Two lines of JSON: without and during the backup.
 *   node backup.ts [--mb 1000] [--rate 50] [--seconds 20]
 */
import path from 'node:path'
import { parseArgs } from 'node:util'
import { runCli } from '../tests/support/serverProcess.ts'
import { bytesIn, freshFolder, removeFolder } from './lib/folders.ts'
import { tidy } from './lib/stats.ts'
import { enrolCrowd } from './load/crowd.ts'
import { fill } from './load/filled.ts'
import { percentiles } from './load/percentiles.ts'
import { startServers } from './load/servers.ts'
import { steady } from './load/steady.ts'

const { values } = parseArgs({
  options: {
    mb: { type: 'string', default: '1000' },
    rate: { type: 'string', default: '50' },
    seconds: { type: 'string', default: '20' },
  },
})
const rate = Number(values.rate)
const shape = { entriesPerPage: 1, pagesPerRequest: 1 }
/** What a filled row takes with its keys beside its text, bytes. */
const besideText = 290
const textBytes = 250
const dir = freshFolder('backup')
const data = path.join(dir, 'data')
let servers = await startServers(dir)
try {
  const crowd = await enrolCrowd(servers.origins[0] ?? '', servers.secret, 48)
  await servers.stop()
  fill(
    path.join(data, 'gatepost.db'),
    crowd.scene.gate,
    Math.round((Number(values.mb) * 1e6) / (besideText + textBytes)),
    textBytes,
  )
  servers = await startServers(dir)
  const quiet = await steady(servers.origins, crowd, shape, rate, Number(values.seconds))
  const file_mb = tidy(bytesIn(data) / 1e6)
  console.log(
    JSON.stringify({
      backup: 'no',
      file_mb,
      failed: quiet.failed,
      ...percentiles(quiet.took.map(({ ms }) => ms)),
    }),
  )
  const begun = performance.now()
  const copying = runCli(['backup', path.join(dir, 'copy.db'), '--data', data]).then((run) => ({
    ...run,
    ms: performance.now() - begun,
  }))
  // Long enough for any disk; what was sent after the copy was done is left out.
  const during = await steady(servers.origins, crowd, shape, rate, Number(values.seconds))
  const copied = await copying
  const within = during.took.filter(({ dueAt }) => dueAt < copied.ms).map(({ ms }) => ms)
  const figures = { requests: within.length, failed: during.failed, ...percentiles(within) }
  console.log(
    JSON.stringify({ backup: copied.code === 0 ? 'yes' : copied.err, took_ms: tidy(copied.ms), ...figures }),
  )
} finally {
  await servers.stop()
  removeFolder(dir)
}
