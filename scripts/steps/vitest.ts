import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { runCommand, type Outcome, type Step } from './step.ts'

interface Report {
  numPassedTests: number
  numFailedTests: number
  numPendingTests: number
  numTodoTests: number
  numTotalTests: number
}

function readReport(path: string): Report | null {
  try {
    return JSON.parse(readFileSync(path, 'utf8'))
  } catch {
    return null
  }
}

/** A skipped test counts as failed: nothing is left out silently. A run without tests, or one that broke, fails. */
function judge(report: Report | null, code: number, output: string): Outcome {
  if (!report || report.numTotalTests === 0) return { passed: 0, failed: 1, output }
  const { numPassedTests: passed, numTotalTests: total } = report
  const failed = total - passed
  return { passed, failed: failed === 0 && code !== 0 ? 1 : failed, output }
}

/** Projects of vitest.config.ts as a step; every test counts. */
export const vitestProjects = (group: string, ...projects: readonly string[]): Step => ({
  group,
  name: projects.join(', '),
  async run() {
    const folder = mkdtempSync(join(tmpdir(), 'gatepost-report-'))
    const file = join(folder, 'report.json')
    const reporters = ['--reporter=dot', '--reporter=json', `--outputFile.json=${file}`]
    const which = projects.map((project) => `--project=${project}`)
    const { code, output } = await runCommand('vitest', ['run', ...which, ...reporters])
    const outcome = judge(readReport(file), code, output)
    rmSync(folder, { recursive: true })
    return outcome
  },
})
