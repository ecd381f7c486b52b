import { parseArgs } from 'node:util'
import { simulate } from './simulation/run.ts'

/** `npm run simulate -- --seeds 10000 --from 1`: seeds one after another, and what came of them. */
const { values } = parseArgs({
  options: { seeds: { type: 'string', default: '200' }, from: { type: 'string', default: '1' } },
})
const [seeds, from] = [Number(values.seeds), Number(values.from)]
const sum = { saved: 0, aside: 0, restores: 0, copies: 0, losses: 0, requests: 0 }
const failed: number[] = []
const began = performance.now()
const cpu = process.cpuUsage()

for (let seed = from; seed < from + seeds; seed++) {
  const { findings, ...counts } = await simulate(seed)
  sum.saved += counts.saved
  sum.aside += counts.aside
  sum.restores += counts.restores
  sum.copies += counts.copies
  sum.losses += counts.losses
  sum.requests += counts.requests
  if (findings.length === 0) continue
  failed.push(seed)
  console.error(
    `seed ${seed}: ${findings.length} findings; replay: npm run simulate -- --seeds 1 --from ${seed}`,
  )
  for (const finding of findings.slice(0, 10)) console.error(`  ${finding}`)
}

const seconds = Math.round((performance.now() - began) / 1000)
const { user, system } = process.cpuUsage(cpu)
const busy = Math.round((user + system) / 1e6)
console.log(
  `${seeds} seeds from ${from}: ${seeds - failed.length} passed, ${failed.length} failed; ` +
    `${sum.saved} entries saved, ${sum.aside} put aside, ${sum.restores} restores, ` +
    `${sum.copies} phones copied, ${sum.losses} storages lost, ` +
    `${sum.requests} requests, ${seconds} s, ${busy} s of processor`,
)
process.exitCode = failed.length === 0 ? 0 : 1
