/**
 * One peer, one workload, one JSON line:
 *   node run.ts --peer gatepost --work W1 [--runs 3] [--n 10000] [--durability strict|default] [--opts '{}']
 */
import { describe } from './lib/rpc.ts'
import { readSettings } from './lib/settings.ts'
import { makeStage } from './lib/stage.ts'
import { medians } from './lib/stats.ts'
import { works, type Row } from './loads/index.ts'

for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP']) process.on(signal, () => process.exit(1))

const settings = await readSettings(process.argv.slice(2))
const { peer, durability } = settings
const work = works[settings.work]
if (!work) throw new Error(`no workload ${settings.work}; there are ${Object.keys(works).join(', ')}`)
const n = settings.n ?? work.n
const line = { peer, work: settings.work, n, durability, at: new Date().toISOString() }

async function once(): Promise<Row[]> {
  const stage = makeStage(settings)
  try {
    return (await work?.run(stage, n)) ?? []
  } finally {
    await stage.clear()
  }
}

try {
  const rows: Row[] = []
  for (let i = 0; i < (work.repeats ? 1 : settings.runs); i++) rows.push(...(await once()))
  console.log(JSON.stringify({ ...line, runs: rows.length, ...medians(rows) }))
} catch (error) {
  console.log(JSON.stringify({ ...line, error: describe(error).slice(0, 1500) }))
  process.exitCode = 1
}
process.exit()
