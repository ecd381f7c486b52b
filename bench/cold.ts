/**
 * A server that starts on a large database whose file the system has forgotten, and what a pull of a hundred new
 * entries costs there. One line of JSON per size.
 *   node cold.ts [--sizes 10000,10000000] [--text 150]
 */
import { spawnSync } from 'node:child_process'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { paths } from '../src/protocol/api.ts'
import { writeCursor } from '../src/protocol/cursor.ts'
import { httpLine } from '../tests/support/httpLine.ts'
import { bytesIn, freshFolder, removeFolder } from './lib/folders.ts'
import { tidy } from './lib/stats.ts'
import { enrolCrowd, parcel, type Crowd } from './load/crowd.ts'
import { fill } from './load/filled.ts'
import { percentiles } from './load/percentiles.ts'
import { cpuOfAll } from './load/process.ts'
import { drive } from './load/send.ts'
import { startServers } from './load/servers.ts'

const { values } = parseArgs({
  options: { sizes: { type: 'string', default: '10000,10000000' }, text: { type: 'string', default: '150' } },
})
const pulls = 300

/** The file's pages leave the system's memory, so that the disk is read again. */
function forget(file: string): void {
  for (const end of ['', '-wal'])
    spawnSync('dd', [`of=${file}${end}`, 'oflag=nocache', 'conv=notrunc,fdatasync', 'count=0'])
}

async function pull({ scene, phones }: Crowd, after: string): Promise<{ lines: number; next: string }> {
  const query = new URLSearchParams({
    logbook: scene.gate,
    all: '1',
    limit: '5000',
    ...(after ? { after } : {}),
  })
  const answer = await phones[0]?.ask({ url: `${paths.pull}?${query}` })
  if (answer?.statusCode !== 200) throw new Error(`no pull: ${answer?.body}`)
  const [head = '', ...lines] = answer.body.split('\n')
  return { lines: lines.length, next: String(JSON.parse(head).next) }
}

async function measure(size: number): Promise<void> {
  const dir = freshFolder('cold')
  const file = path.join(dir, 'data', 'gatepost.db')
  try {
    let servers = await startServers(dir)
    const crowd = await enrolCrowd(servers.origins[0] ?? '', servers.secret, 1)
    await servers.stop()
    fill(file, crowd.scene.gate, size, Number(values.text))
    forget(file)
    const begun = performance.now()
    servers = await startServers(dir)
    const readyMs = performance.now() - begun
    for (const phone of crowd.phones) phone.line = httpLine(servers.origins[0] ?? '')
    const epoch = crowd.phones[0]?.enrolled?.epoch ?? ''
    const first = performance.now()
    // The cursor just before the hundred new ones: as a phone has it that was here a moment ago.
    const { next } = await pull(crowd, writeCursor({ epoch, logbook: crowd.scene.gate, seq: size }))
    const firstMs = performance.now() - first
    await drive(
      servers.origins,
      crowd.phones.map((phone) => [parcel(phone, crowd.scene, { entriesPerPage: 100, pagesPerRequest: 1 })]),
    )
    const took: number[] = []
    const cpu = cpuOfAll(servers.pids)
    for (let i = 0; i < pulls; i++) {
      const at = performance.now()
      const answer = await pull(crowd, next)
      if (answer.lines < 100) throw new Error(`pulled ${answer.lines}`)
      took.push(performance.now() - at)
    }
    const line = {
      entries: size,
      file_mb: tidy(bytesIn(dir) / 1e6),
      ready_ms: tidy(readyMs),
      first_pull_ms: tidy(firstMs),
    }
    const cost = { pull_server_ms: tidy((cpuOfAll(servers.pids) - cpu) / pulls) }
    console.log(JSON.stringify({ ...line, pull_of: 100, ...percentiles(took), ...cost }))
    await servers.stop()
  } finally {
    removeFolder(dir)
  }
}

for (const size of values.sizes.split(',')) await measure(Number(size))
