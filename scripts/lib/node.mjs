import { spawnSync } from 'node:child_process'
import { inRoot } from './paths.mjs'
import { words } from './words.mjs'

export const leastMajor = 24

/** @param {string} version `v24.21.0` or `24.21.0` */
export const isRightNode = (version) => Number.parseInt(version.replace(/^v/, ''), 10) >= leastMajor

/** @param {string} path */
function runs(path) {
  const answer = spawnSync(path, ['--version'], { encoding: 'utf8' })
  return answer.status === 0 && isRightNode(answer.stdout.trim())
}

/**
 * The Node to go on with: the one that runs now, else the one that came with the packages.
 * Null where neither is new enough.
 */
export function rightNode() {
  if (isRightNode(process.version)) return process.execPath
  const brought = inRoot('node_modules', '.bin', 'node')
  return runs(brought) ? brought : null
}

/** As `rightNode`, but ends the process with one clear line where there is none. */
export function needRightNode() {
  const node = rightNode()
  if (node) return node
  console.error(words.noNode.replace('{have}', `Node ${process.version}`))
  process.exit(1)
}
