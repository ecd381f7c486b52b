// `npm test`: any Node from 18 can run this file and what it imports. It installs where needed, then goes on
// with the right Node. `npm test -- lint unit` runs only these steps.
import { become } from './lib/child.mjs'
import { ensureInstalled } from './lib/install.mjs'
import { needRightNode } from './lib/node.mjs'
import { inRoot } from './lib/paths.mjs'

ensureInstalled()
become(needRightNode(), [inRoot('scripts', 'steps', 'main.ts'), ...process.argv.slice(2)])
