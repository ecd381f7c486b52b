// `npm run bench` from a clone: any Node from 18 can run this. It installs the product and the peers, builds the
// app where needed, then plays the plan with the right Node. Options are those of plan.ts.
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { become, withBin } from '../scripts/lib/child.mjs'
import { isBuilt } from '../scripts/lib/built.mjs'
import { ensureInstalled } from '../scripts/lib/install.mjs'
import { needRightNode } from '../scripts/lib/node.mjs'
import { inRoot } from '../scripts/lib/paths.mjs'

/** @param {string} command @param {string[]} args @param {string} cwd */
function must(command, args, cwd) {
  const { status } = spawnSync(command, args, { cwd, stdio: 'inherit', env: withBin() })
  if (status !== 0) process.exit(status ?? 1)
}

ensureInstalled()
const node = needRightNode()
if (!existsSync(inRoot('bench', 'node_modules')))
  must('npm', ['ci', '--no-audit', '--no-fund'], inRoot('bench'))
if (!isBuilt()) must(node, [inRoot('scripts', 'build.ts')], inRoot())
become(node, ['--disable-warning=ExperimentalWarning', inRoot('bench', 'plan.ts'), ...process.argv.slice(2)])
