/**
 * A plan in rounds, peers alternating, so that no peer has all of one mood of the disk:
 *   node plan.ts [--plan main,growth,app] [--rounds 3] [--peers gatepost,raw] [--works W1,W3] [--out results/x.jsonl]
 */
import { spawnSync } from 'node:child_process'
import fs from 'node:fs'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { benchRoot } from './lib/folders.ts'
import { addResult, type Line } from './lib/results.ts'
import { report } from './report.ts'

const day = new Date().toISOString().slice(0, 16).replaceAll(':', '')
const { values } = parseArgs({
  options: {
    plan: { type: 'string', default: 'main,growth,app' },
    rounds: { type: 'string', default: '3' },
    peers: { type: 'string', default: 'gatepost,raw,pouchdb,rxdb' },
    works: { type: 'string', default: 'W1,W2,W3,W4,W4R,W5,SIZE,START,TAP,LIGHTHOUSE,BOARD,ROSTER,SCAN' },
    out: { type: 'string', default: path.join(benchRoot, 'results', `${day}.jsonl`) },
  },
})
const peers = values.peers.split(',')
const works = values.works.split(',')

interface Step {
  work: string
  args: string[]
}

/** Repeats inside one server; the other workloads repeat by rounds alone. */
const runs: Readonly<Record<string, number>> = { W4: 3, W4R: 2 }

const step = (peer: string, work: string, ...more: string[]): Step => ({
  work,
  args: ['run.ts', '--peer', peer, '--work', work, '--runs', String(runs[work] ?? 1), ...more],
})

/** What a measurement of the app is told beyond the usual. */
const own: Readonly<Record<string, readonly string[]>> = {
  SCAN: ['--minutes', '10'],
}

const plans: Readonly<Record<string, (round: number) => Step[]>> = {
  main: (round) =>
    ['W1', 'W2', 'W3', 'W4', 'W4R', 'W5'].flatMap((work) =>
      turned(peers, round).map((peer) => step(peer, work)),
    ),
  growth: (round) =>
    ['W4', 'W4R'].flatMap((work) =>
      turned(['10000', '200000'], round).map((n) => step('gatepost', work, '--n', n)),
    ),
  app: () =>
    ['SIZE', 'START', 'TAP', 'LIGHTHOUSE', 'BOARD', 'ROSTER', 'SCAN'].map((work) => ({
      work,
      args: ['app.ts', '--work', work, ...(own[work] ?? [])],
    })),
}

/** The list, beginning further on with each round. */
const turned = <T>(list: readonly T[], by: number): T[] => [
  ...list.slice(by % list.length),
  ...list.slice(0, by % list.length),
]

function play({ args }: Step, round: number): void {
  const begun = Date.now()
  const child = spawnSync(process.execPath, args, { cwd: benchRoot, encoding: 'utf8', timeout: 20 * 60_000 })
  const text = child.stdout.trim().split('\n').at(-1)
  const line: Line = text
    ? { round, ...JSON.parse(text) }
    : { peer: '', work: '', n: 0, round, error: `${args.join(' ')}: ${child.stderr.slice(-500)}` }
  addResult(values.out, line)
  console.log(`${Math.round((Date.now() - begun) / 1000)} s  ${JSON.stringify(line)}`)
}

fs.mkdirSync(path.dirname(values.out), { recursive: true })
for (let round = 0; round < Number(values.rounds); round++)
  for (const plan of values.plan.split(','))
    for (const next of plans[plan]?.(round) ?? []) if (works.includes(next.work)) play(next, round)

console.log(`\n${values.out}\n`)
process.exitCode = report(values.out) ? 0 : 1
