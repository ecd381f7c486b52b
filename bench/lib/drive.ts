/** A child process with many Node clients of one peer, for the fan-in of W2 and for seeding: `drive.ts <client.ts>`. */
import { serveCalls } from './childSide.ts'
import { entries } from './gate/entries.ts'
import { load } from './load.ts'
import type { Client, ClientModule, Options } from './peer.ts'

const peer = await load<ClientModule>(process.argv[2] ?? '', 'open')
const clients: Client[] = []

interface Where {
  url: string
  opts: Options
}

async function open(where: Where, device: string, ticket: string | undefined): Promise<Client> {
  const options = { ...where, name: device, device, runtime: 'node', ticket } as const
  await peer.prepare?.(options)
  return peer.open(options)
}

const api = {
  /** Devices with `each` entries stored and none sent; `seed` is the first one's. */
  async fill(where: Where, each: number, seed: number, devices: number, tickets: (string | undefined)[]) {
    for (let i = 0; i < devices; i++) {
      const client = await open(where, `d${seed + i}`, tickets[i])
      await client.put(entries(each, seed + i))
      clients.push(client)
    }
  },
  /** All at once; ms until the last one knows, and this process's CPU. */
  async push() {
    const cpu = process.cpuUsage()
    const begun = performance.now()
    await Promise.all(clients.map((client) => client.push()))
    const ms = performance.now() - begun
    const { user, system } = process.cpuUsage(cpu)
    return { ms, cpuMs: (user + system) / 1000 }
  },
  /** One device after the other brings a chunk of entries. */
  async seed(where: Where, sizes: number[], seed: number, tickets: (string | undefined)[]) {
    for (const [i, size] of sizes.entries()) {
      const list = entries(size, seed + i)
      if (peer.seed) {
        await peer.seed({ ...where, list, ticket: tickets[i] })
        continue
      }
      const client = await open(where, `s${seed + i}`, tickets[i])
      await client.put(list)
      await client.push()
      await client.close()
    }
  },
}
export type DriveApi = typeof api
serveCalls(api)
