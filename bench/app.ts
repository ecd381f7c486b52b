/** What a person meets: `node app.ts --work SIZE|START|TAP|LIGHTHOUSE|BOARD|ROSTER|SCAN`; one JSON line. Needs the built app. */
import { parseArgs } from 'node:util'
import { inRoot } from '../scripts/lib/paths.mjs'
import { board } from './app/board.ts'
import { lighthouseScores } from './app/lighthouse.ts'
import { roster } from './app/roster.ts'
import { scan } from './app/scan.ts'
import { size } from './app/size.ts'
import { start } from './app/start.ts'
import { tap } from './app/tap.ts'
import { describe } from './lib/rpc.ts'
import { medians } from './lib/stats.ts'

for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP']) process.on(signal, () => process.exit(1))

// the server looks for the built app from where it was started
process.chdir(inRoot())

/** Rows that the phone holds, unless it is told otherwise. */
const rows: Readonly<Record<string, number>> = { BOARD: 20_000 }
const fewer = 10_000

const works: Readonly<Record<string, (n: number, minutes: number) => Promise<Record<string, number>>>> = {
  SIZE: size,
  START: start,
  TAP: tap,
  LIGHTHOUSE: lighthouseScores,
  BOARD: board,
  ROSTER: roster,
  SCAN: scan,
}

const { values } = parseArgs({
  options: {
    work: { type: 'string', default: 'SIZE' },
    n: { type: 'string' },
    minutes: { type: 'string', default: '1' },
  },
})
const n = Number(values.n ?? rows[values.work] ?? fewer)
const line = { peer: 'gatepost', work: values.work, n, at: new Date().toISOString() }
const work = works[values.work]
if (!work) throw new Error(`no measurement ${values.work}; there are ${Object.keys(works).join(', ')}`)

try {
  console.log(JSON.stringify({ ...line, ...medians([await work(n, Number(values.minutes))]) }))
} catch (error) {
  console.log(JSON.stringify({ ...line, error: describe(error).slice(0, 1500) }))
  process.exitCode = 1
}
process.exit()
