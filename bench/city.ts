/**
 * An evening of a city of ten million, 1:100: 50 gates in 25 compounds, 400,000 passages a day, at the peak ten times the
 * mean. Each gate is the app's own store and sync. A third of the time at the mean, a third rising, a third at the peak;
 * one line of JSON for each.
 *   node city.ts [--seconds 180] [--scale 100] [--servers 1] [--on sqlite|postgres]
 */
import path from 'node:path'
import { parseArgs } from 'node:util'
import { foundGate, furtherGates, Guard } from '../tests/support/gateScene.ts'
import { Postgres } from '../tests/support/postgres.ts'
import { bytesIn, freshFolder, removeFolder } from './lib/folders.ts'
import { tidy } from './lib/stats.ts'
import { percentiles, sleep } from './load/percentiles.ts'
import { cpuOfAll, rssMb } from './load/process.ts'
import { startServers } from './load/servers.ts'

const { values } = parseArgs({
  options: {
    seconds: { type: 'string', default: '180' },
    scale: { type: 'string', default: '100' },
    servers: { type: 'string', default: '1' },
    on: { type: 'string', default: 'sqlite' },
  },
})
const city = { gates: 5000, passagesADay: 40_000_000, peak: 10 }
const scale = Number(values.scale)
const phases = ['mean', 'rising', 'peak'] as const
const phaseMs = (Number(values.seconds) * 1000) / phases.length
const mean = city.passagesADay / 86_400 / scale

/** Passages a second at this moment. */
function rateAt(ms: number): number {
  const rise = Math.min(Math.max(ms / phaseMs - 1, 0), 1)
  return mean * (1 + (city.peak - 1) * rise)
}

interface Waiting {
  phase: number
  at: number
}

/** Logs a passage; it is done when the phone knows that the centre has it. */
function watched(guard: Guard, took: number[][]) {
  const waiting: Waiting[] = []
  let received = 0
  guard.tab.sync.control.status.subscribe((status) => {
    for (; received < status.received; received++) {
      const done = waiting.shift()
      if (done) took[done.phase]?.push(performance.now() - done.at)
    }
  })
  return {
    log: async (phase: number): Promise<void> => {
      waiting.push({ phase, at: performance.now() })
      await guard.log(1)
    },
    left: () => waiting.length,
  }
}

const postgres = values.on === 'postgres' ? await Postgres.start({ durable: true }) : null
const dir = freshFolder('city')
const servers = await startServers(
  dir,
  Number(values.servers),
  postgres ? await postgres.database() : undefined,
)
const guards: Guard[] = []
try {
  const first = await foundGate(servers.origins[0] ?? '', servers.secret)
  const scenes = await furtherGates(first, city.gates / scale)
  for (const [i, scene] of scenes.entries())
    guards.push(await Guard.enrolled(scene, () => servers.origins[i % servers.origins.length] ?? ''))
  const clock = setInterval(() => guards.forEach((guard) => guard.time.pass(100)), 100)
  const took: number[][] = phases.map(() => [])
  const all = guards.map((guard) => watched(guard, took))
  const cpu = () => ({
    server: cpuOfAll(servers.pids),
    database: postgres ? cpuOfAll([postgres.pid]) : 0,
    phones: process.cpuUsage(),
  })
  const before = bytesIn(path.join(dir, 'data'))
  const begun = performance.now()
  let dueAt = 0
  for (const [phase, name] of phases.entries()) {
    const start = cpu()
    let passages = 0
    for (; dueAt < (phase + 1) * phaseMs; dueAt += (-Math.log(1 - Math.random()) / rateAt(dueAt)) * 1000) {
      const wait = dueAt - (performance.now() - begun)
      if (wait > 1) await sleep(wait)
      void all[Math.floor(Math.random() * all.length)]?.log(phase)
      passages++
    }
    const end = cpu()
    // Those that are still on their way: a second is enough, or the figure shows it.
    await sleep(1000)
    const per = (ms: number): number => tidy(ms / passages)
    console.log(
      JSON.stringify({
        on: `${values.on} × ${values.servers}`,
        phase: name,
        passages,
        per_s: tidy((passages / phaseMs) * 1000),
        acknowledged: took[phase]?.length,
        ...percentiles(took[phase] ?? []),
        server_ms_per_passage: per(end.server - start.server),
        ...(postgres ? { database_ms_per_passage: per(end.database - start.database) } : {}),
        rss_mb: tidy(servers.pids.reduce((sum, pid) => sum + rssMb(pid), 0)),
      }),
    )
  }
  clearInterval(clock)
  console.log(
    JSON.stringify({
      left: all.reduce((sum, one) => sum + one.left(), 0),
      grown_mb: tidy((bytesIn(path.join(dir, 'data')) - before) / 1e6),
    }),
  )
} finally {
  for (const guard of guards) guard.close()
  await servers.stop()
  await postgres?.end()
  removeFolder(dir)
}
