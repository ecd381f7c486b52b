import path from 'node:path'
import { parseArgs } from 'node:util'
import type { Durability } from './device.ts'
import { benchRoot } from './folders.ts'
import { load } from './load.ts'
import type { Options, PeerInfo } from './peer.ts'

export interface Settings {
  peer: string
  folder: string
  info: PeerInfo
  work: string
  /** Entries; absent: the workload's own number. */
  n: number | undefined
  /** Times a workload is repeated (in one server where it can be). */
  runs: number
  durability: Durability
  opts: Options
}

const options = {
  peer: { type: 'string', default: 'gatepost' },
  work: { type: 'string', default: 'W1' },
  n: { type: 'string' },
  runs: { type: 'string', default: '1' },
  durability: { type: 'string', default: 'strict' },
  opts: { type: 'string', default: '{}' },
} as const

export async function readSettings(args: string[]): Promise<Settings> {
  const { values } = parseArgs({ args, options })
  const folder = path.join(benchRoot, 'peers', values.peer)
  const { info } = await load<{ info: PeerInfo }>(path.join(folder, 'peer.ts'), 'info')
  return {
    peer: values.peer,
    folder,
    info,
    work: values.work,
    n: values.n === undefined ? undefined : Number(values.n),
    runs: Number(values.runs),
    durability: values.durability === 'default' ? 'default' : 'strict',
    opts: JSON.parse(values.opts),
  }
}
