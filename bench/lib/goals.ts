import { figure, ratio, type Line, type Which } from './results.ts'

export interface Goal {
  text: string
  /** NaN: not measured. */
  value: number
  atMost?: number
  atLeast?: number
}

const own = 'gatepost'

function workGoals(lines: readonly Line[], work: string): Goal[] {
  const over = (peer: string, atMost: number, word: string): Goal => ({
    text: `${work}: ${word}`,
    value: ratio(lines, { peer: own, work }, { peer, work }, 'ms'),
    atMost,
  })
  const asFast = work === 'W4' ? 1 : 0.5
  return [
    over('raw', 2, 'time over the floor'),
    over('pouchdb', 0.5, 'time over PouchDB'),
    over('rxdb', asFast, 'time over RxDB'),
  ]
}

function localGoals(lines: readonly Line[]): Goal[] {
  const [mine, floor]: Which[] = [
    { peer: own, work: 'W5' },
    { peer: 'raw', work: 'W5' },
  ]
  if (!mine || !floor) return []
  const over = (name: string, word: string): Goal => ({
    text: `W5: ${word} over raw IndexedDB`,
    value: ratio(lines, mine, floor, name),
    atMost: 1.5,
  })
  return [
    over('one_p50', 'one saved, p50,'),
    over('one_p95', 'one saved, p95,'),
    over('bulk_ms', '10,000 added'),
  ]
}

const growthGoal = (lines: readonly Line[], work: string): Goal => ({
  text: `${work}: 200,000 entries in the logbook over 10,000`,
  value: ratio(lines, { peer: own, work, n: 200_000 }, { peer: own, work, n: 10_000 }, 'ms'),
  atMost: 1.2,
})

const plain = (lines: readonly Line[], work: string, name: string, text: string, atMost: number): Goal => ({
  text,
  value: figure(lines, { peer: own, work }, name),
  atMost,
})

const score = (lines: readonly Line[], name: string, text: string, atLeast: number): Goal => ({
  text: `Lighthouse: ${text}`,
  value: figure(lines, { peer: own, work: 'LIGHTHOUSE' }, name),
  atLeast,
})

/** What the product set out to reach, with what was measured. */
export function goals(lines: readonly Line[]): Goal[] {
  const usual = lines.filter(({ work, n }) => !['W4', 'W4R'].includes(work) || n === 50_000)
  return [
    ...['W1', 'W2', 'W3', 'W4', 'W4R'].flatMap((work) => workGoals(usual, work)),
    ...localGoals(lines),
    growthGoal(lines, 'W4'),
    growthGoal(lines, 'W4R'),
    plain(lines, 'W1', 'wire_share', 'W1: bytes sent over bytes of JSON', 0.25),
    plain(lines, 'W2', 'server_peak_rss_mb', 'W2: server, MB resident', 200),
    plain(lines, 'W3', 'server_peak_rss_mb', 'W3: server, MB resident', 200),
    plain(lines, 'W3', 'page_own_mb', 'W3: page, MB of its own', 150),
    plain(lines, 'SIZE', 'initial_kb', 'First JavaScript, kB gzip', 130),
    plain(lines, 'START', 'ms', 'Cold offline start until the gate answers, ms at 4× throttle', 1000),
    plain(lines, 'TAP', 'p95_ms', 'Tap to saved, p95, ms at 6× throttle', 50),
    plain(lines, 'BOARD', 'open_ms', 'Duty board of 20,000 check-ins opens, ms at 4× throttle', 500),
    plain(lines, 'BOARD', 'update_p95_ms', 'Duty board: an arrival is shown, p95, ms at 4× throttle', 100),
    plain(lines, 'ROSTER', 'open_ms', 'Duty roster of 300 posts and a week opens, ms', 1000),
    plain(lines, 'SCAN', 'p95_ms', 'Code in frame to verdict, p95, ms at 4× throttle', 200),
    plain(lines, 'SCAN', 'page_grown_mb', 'Scanning on: MB that the page has grown by', 5),
    score(lines, 'performance', 'performance', 95),
    score(lines, 'accessibility', 'accessibility', 100),
    score(lines, 'best_practices', 'best practices', 100),
  ]
}

export const reached = ({ value, atMost, atLeast }: Goal): boolean =>
  value <= (atMost ?? Infinity) && value >= (atLeast ?? -Infinity)
