// `npm start`: any Node from 18 can run this file and what it imports. It installs and builds where needed,
// then goes on as the server with the right Node. All options are the server's: `npm start -- --help`.
import { spawnSync } from 'node:child_process'
import { alone } from './lib/alone.mjs'
import { become, withBin } from './lib/child.mjs'
import { ensureInstalled } from './lib/install.mjs'
import { needRightNode } from './lib/node.mjs'
import { inRoot, root } from './lib/paths.mjs'
import { words } from './lib/words.mjs'
import { isBuilt } from './lib/built.mjs'
import { serverFlags } from './lib/serverFlags.mjs'
import { serves } from './lib/serves.mjs'

const options = process.argv.slice(2)
/** @param {string} node */
function build(node) {
  console.log(words.building)
  const answer = spawnSync(node, [inRoot('scripts', 'build.ts')], {
    cwd: root,
    encoding: 'utf8',
    env: withBin(),
  })
  if (answer.status === 0) return
  console.error(`${answer.stdout}${answer.stderr}\n${words.noBuild}`)
  process.exit(1)
}

ensureInstalled()
const node = needRightNode()
// A command leaves a server that runs meanwhile the app that it serves.
if (serves(options)) alone(isBuilt, () => build(node))
become(node, [...serverFlags, inRoot('src', 'server', 'cli.ts'), ...options])
