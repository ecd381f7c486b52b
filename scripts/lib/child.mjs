import { spawn } from 'node:child_process'
import { delimiter } from 'node:path'
import { compileCache, inRoot, root } from './paths.mjs'

/** The environment with the packages' commands (and with them the right Node) first in PATH, and Node's cache. */
export const withBin = () => ({
  NODE_COMPILE_CACHE: compileCache,
  ...process.env,
  PATH: `${inRoot('node_modules', '.bin')}${delimiter}${process.env['PATH'] ?? ''}`,
})

/**
 * npm hands a SIGTERM to the shell between it and us, which dies without a word: then this process has another parent.
 * @param {() => void} then
 */
function whenOrphaned(then) {
  const parent = process.ppid
  const timer = setInterval(() => {
    if (process.ppid === parent) return
    clearInterval(timer)
    then()
  }, 300)
}

/**
 * Goes on as this command: same terminal, its exit code, its signals. The child has a process group of its own
 * and gets each signal from here, once: a terminal and npm both send the same one, and the second would mean
 * "at once" to a server that is finishing its work.
 * @param {string} command
 * @param {readonly string[]} args
 */
export function become(command, args) {
  const child = spawn(command, args, { cwd: root, stdio: 'inherit', detached: true, env: withBin() })
  let lastAt = 0
  /** @param {NodeJS.Signals} signal */
  const pass = (signal) => {
    if (Date.now() - lastAt < 500) return
    lastAt = Date.now()
    child.kill(signal)
  }
  process.on('SIGINT', () => pass('SIGINT'))
  process.on('SIGTERM', () => pass('SIGTERM'))
  process.on('SIGHUP', () => pass('SIGTERM'))
  if (process.env['npm_lifecycle_event']) whenOrphaned(() => pass('SIGTERM'))
  child.on('exit', (code, signal) => process.exit(code ?? (signal === 'SIGINT' ? 130 : 1)))
}
