import { spawn } from 'node:child_process'
import { root } from '../lib/paths.mjs'
import { withBin } from '../lib/child.mjs'

/** What a step came to. A step that is no test run counts as one. */
export interface Outcome {
  passed: number
  failed: number
  /** What to show when something failed. */
  output: string
}

export interface Step {
  /** Steps of one group can be asked for together: `npm test -- types`. */
  group: string
  name: string
  run(): Promise<Outcome>
}

export interface Ran {
  code: number
  output: string
}

/** Runs a command of node_modules/.bin (or any other in PATH) in the clone's folder and keeps what it says. */
export function runCommand(command: string, args: readonly string[]): Promise<Ran> {
  return new Promise((resolve) => {
    const child = spawn(command, args, { cwd: root, env: withBin(), stdio: ['ignore', 'pipe', 'pipe'] })
    const said: Buffer[] = []
    child.stdout.on('data', (bytes: Buffer) => said.push(bytes))
    child.stderr.on('data', (bytes: Buffer) => said.push(bytes))
    child.on('error', (error) => resolve({ code: 1, output: error.message }))
    child.on('close', (code) => resolve({ code: code ?? 1, output: Buffer.concat(said).toString() }))
  })
}

export const one = ({ code, output }: Ran): Outcome =>
  code === 0 ? { passed: 1, failed: 0, output } : { passed: 0, failed: 1, output }

/** A step that is one command. */
export const command = (group: string, name: string, line: string): Step => {
  const [program = '', ...args] = line.split(' ')
  return { group, name, run: async () => one(await runCommand(program, args)) }
}
