/** A child process that hosts one peer's server: `serve.ts <server.ts> <folder> <options as JSON>`. */
import { enableCompileCache } from 'node:module'
import path from 'node:path'
import { benchRoot, bytesIn } from './folders.ts'
import { serveCalls } from './childSide.ts'
import { load } from './load.ts'
import type { ServerModule } from './peer.ts'
import { countSockets, resetPeak, usage } from './usage.ts'

const [file = '', dir = '', opts = '{}'] = process.argv.slice(2)
// As the product's own start does it; every peer's server may.
enableCompileCache(path.join(benchRoot, 'node_modules', '.cache', 'node'))
countSockets()
const { start } = await load<ServerModule>(file, 'start')
const server = await start({ dir, opts: JSON.parse(opts) })

const api = {
  port: () => server.port,
  usage,
  resetPeak,
  diskBytes: () => bytesIn(dir),
  count: () => server.count(),
  ticket: () => server.ticket?.(),
}
export type ServeApi = typeof api
serveCalls(api, () => server.close())
