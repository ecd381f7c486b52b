/** A child process that hosts one peer's server: `serve.ts <server.ts> <folder> <options as JSON>`. */
import { bytesIn } from './folders.ts'
import { serveCalls } from './childSide.ts'
import { load } from './load.ts'
import type { ServerModule } from './peer.ts'
import { countSockets, resetPeak, usage } from './usage.ts'

const [file = '', dir = '', opts = '{}'] = process.argv.slice(2)
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
