/** Tables of a results file: `node report.ts results/x.jsonl`. Exit code 1 where a measured goal is missed. */
import { goals, reached, type Goal } from './lib/goals.ts'
import { figure, linesOf, readResults, type Line } from './lib/results.ts'
import { tidy } from './lib/stats.ts'

const columns: Readonly<Record<string, readonly string[]>> = {
  W1: [
    'ms',
    'saved_ms',
    'server_cpu_ms',
    'up_bytes',
    'down_bytes',
    'wire_share',
    'disk_bytes',
    'limit_ms',
    'ratio_limit',
  ],
  W2: [
    'ms',
    'entries_per_s',
    'server_cpu_ms',
    'client_cpu_ms',
    'server_peak_rss_mb',
    'up_bytes',
    'limit_ms',
    'ratio_limit',
  ],
  W3: [
    'ms',
    'server_cpu_ms',
    'down_bytes',
    'stored_bytes',
    'page_heap_mb',
    'page_own_mb',
    'server_peak_rss_mb',
    'limit_ms',
    'ratio_limit',
  ],
  W4: ['ms', 'acknowledged_ms', 'server_cpu_ms', 'up_bytes', 'down_bytes', 'limit_ms', 'ratio_limit'],
  W4R: ['ms', 'opened_ms', 'server_cpu_ms', 'up_bytes', 'down_bytes', 'limit_ms', 'ratio_limit'],
  W5: ['one_p50', 'one_p95', 'bulk_ms', 'limit_ms', 'ratio_limit'],
}

const row = (cells: readonly (string | number)[]) => `| ${cells.join(' | ')} |`
const shown = (x: number) => (Number.isFinite(x) ? String(tidy(x)) : '–')

function table(lines: readonly Line[], work: string, n: number): string[] {
  const of = lines.filter((line) => line.work === work && line.n === n)
  const names = columns[work] ?? [...new Set(of.flatMap(numericFields))]
  const peers = [...new Set(of.map(({ peer }) => peer))]
  const body = peers.map((peer) => {
    const which = { peer, work, n }
    const good = linesOf(lines, which).filter(({ error }) => error === undefined)
    return row([peer, good.length, ...names.map((name) => shown(figure(good, which, name)))])
  })
  return [
    `### ${work}, ${n} entries`,
    '',
    row(['peer', 'rounds', ...names]),
    row(['---', ...['', ...names].map(() => '---:')]),
    ...body,
    '',
  ]
}

const numericFields = (line: Line): string[] =>
  Object.keys(line).filter((key) => typeof line[key] === 'number' && !['n', 'round', 'runs'].includes(key))

function goalRow(goal: Goal): string {
  const { text, value, atMost, atLeast } = goal
  const aim = atMost === undefined ? `≥ ${atLeast}` : `≤ ${atMost}`
  const mark = Number.isNaN(value) ? 'not measured' : reached(goal) ? '✓' : '✗'
  return row([text, aim, shown(value), mark])
}

export function report(file: string): boolean {
  const lines = readResults(file)
  const kinds = new Map(lines.map(({ work, n }) => [`${work} ${n}`, { work, n }]))
  for (const { work, n } of kinds.values()) console.log(table(lines, work, n).join('\n'))
  for (const { peer, work, error } of lines)
    if (error) console.log(`${peer} ${work} failed: ${error.slice(0, 300)}\n`)
  const all = goals(lines)
  console.log(
    [row(['goal', 'aim', 'measured', '']), row(['---', '---:', '---:', '---']), ...all.map(goalRow)].join(
      '\n',
    ),
  )
  return all.every((goal) => Number.isNaN(goal.value) || reached(goal))
}

if (import.meta.main) process.exitCode = report(process.argv[2] ?? '') ? 0 : 1
