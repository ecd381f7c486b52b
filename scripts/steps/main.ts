// All steps of `npm test`, or those whose groups are named. The last line is `N passed, N failed`.
import { fetches, looks, runs } from './list.ts'
import type { Outcome, Step } from './step.ts'

const asked = process.argv.slice(2)
const isAsked = (step: Step): boolean => asked.length === 0 || asked.includes(step.group)

const groups = new Set([...looks, ...fetches, ...runs].map((step) => step.group))
const unknown = asked.filter((name) => !groups.has(name))
if (unknown.length > 0) {
  console.error(`No step is called ${unknown.join(', ')}. Steps: ${[...groups].join(', ')}`)
  process.exit(2)
}

function show(step: Step, outcome: Outcome, tookMs: number): void {
  const sum = outcome.passed + outcome.failed > 1 ? `${outcome.passed} passed, ${outcome.failed} failed` : ''
  const state = outcome.failed > 0 ? 'FAILED' : 'ok'
  if (outcome.failed > 0) console.log(`\n${outcome.output.trim()}\n`)
  console.log(
    `${step.name.padEnd(26)} ${state.padEnd(7)} ${(tookMs / 1000).toFixed(1).padStart(6)} s  ${sum}`.trimEnd(),
  )
}

async function runStep(step: Step): Promise<Outcome> {
  const startedAt = performance.now()
  const outcome = await step.run()
  show(step, outcome, performance.now() - startedAt)
  return outcome
}

/** Takes the next step from the shared queue until it is empty. */
async function drain(queue: Step[]): Promise<Outcome[]> {
  const outcomes: Outcome[] = []
  for (let step = queue.shift(); step; step = queue.shift()) outcomes.push(await runStep(step))
  return outcomes
}

const lookQueue = looks.filter(isAsked)
const fetchQueue = fetches.filter(isAsked)
const outcomes = (await Promise.all([lookQueue, lookQueue, fetchQueue].map(drain))).flat()
outcomes.push(...(await drain(runs.filter(isAsked))))

const total = (of: 'passed' | 'failed'): number => outcomes.reduce((sum, outcome) => sum + outcome[of], 0)
console.log(`\n${total('passed')} passed, ${total('failed')} failed`)
process.exitCode = total('failed') > 0 ? 1 : 0
