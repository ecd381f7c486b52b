import path from 'node:path'
import { startChild, type Child } from './child.ts'
import { device, type Device } from './device.ts'
import type { DriveApi } from './drive.ts'
import { benchRoot, freshFolder, removeFolder } from './folders.ts'
import type { LimitsApi } from './limits/server.ts'
import type { ServeApi } from './serve.ts'
import type { Settings } from './settings.ts'
import { site, type Site } from './site.ts'
import type { Usage } from './usage.ts'

export type RunningServer = Child<ServeApi> & { url: string }

/** What one run of a workload is played on. Everything that was set up is taken down by `clear`. */
export interface Stage {
  settings: Settings
  server(): Promise<RunningServer>
  limits(): Promise<Child<LimitsApi> & { url: string }>
  site(): Promise<Site>
  device(site: Site, kept?: string): Promise<Device>
  drive(): Promise<Child<DriveApi>>
  /** Brings n entries to the server, by devices of `chunk` entries each. */
  seed(server: RunningServer, n: number, seed?: number, chunk?: number): Promise<void>
  /** What a page's `open` is told. */
  where(server: RunningServer, name: string): Promise<Where>
  clear(): Promise<void>
}

interface Where {
  url: string
  name: string
  device: string
  opts: Settings['opts']
  ticket: string | undefined
}

const script = (name: string) => path.join(benchRoot, 'lib', name)
const urlOf = (port: number) => `http://127.0.0.1:${port}`

export function makeStage(settings: Settings): Stage {
  const undo: (() => unknown)[] = []
  const peerFile = (name: string) => path.join(settings.folder, name)
  const own = (tag: string) => {
    const folder = freshFolder(tag)
    undo.push(() => removeFolder(folder))
    return folder
  }
  const keep = <T extends { stop(): Promise<void> }>(child: T): T => {
    undo.push(() => child.stop())
    return child
  }
  const drive = async () => keep(await startChild<DriveApi>(script('drive.ts'), [peerFile('client.ts')]))

  return {
    settings,
    drive,
    server: async () => {
      const args = [peerFile('server.ts'), own('server'), JSON.stringify(settings.opts)]
      const child = keep(await startChild<ServeApi>(script('serve.ts'), args, settings.info.serverFlags))
      return { ...child, url: urlOf(await child.ask('port')) }
    },
    limits: async () => {
      const child = keep(await startChild<LimitsApi>(script('limits/server.ts'), [own('limits')]))
      return { ...child, url: urlOf(await child.ask('port')) }
    },
    site: async () => {
      const made = await site(settings.folder)
      undo.push(() => made.close())
      return made
    },
    device: async ({ url }, kept) => {
      const made = await device(url, settings.durability, kept)
      undo.push(() => made.close())
      return made
    },
    seed: async (server, n, seed = 5000, chunk = 5000) => {
      const sizes = Array.from({ length: Math.ceil(n / chunk) }, (_, i) => Math.min(chunk, n - i * chunk))
      const child = await drive()
      await child.ask(
        'seed',
        { url: server.url, opts: settings.opts },
        sizes,
        seed,
        await tickets(server, sizes.length),
      )
      await child.stop()
    },
    where: async ({ url, ask }, name) => {
      return { url, name, device: name, opts: settings.opts, ticket: await ask('ticket') }
    },
    clear: async () => {
      for (let next = undo.pop(); next; next = undo.pop()) await next()
    },
  }
}

export async function tickets(server: RunningServer, n: number): Promise<(string | undefined)[]> {
  const list: (string | undefined)[] = []
  for (let i = 0; i < n; i++) list.push(await server.ask('ticket'))
  return list
}

/** What was used between two readings. */
export const between = (before: Usage, after: Usage) => ({
  up_bytes: after.received - before.received,
  down_bytes: after.sent - before.sent,
  server_cpu_ms: after.cpuMs - before.cpuMs,
  server_peak_rss_mb: after.peakRssMb,
})

export const sleep = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))

/** The figures of a run are only worth something where nothing is missing. */
export function mustBe(what: string, have: number, want: number): void {
  if (have !== want) throw new Error(`${what} has ${have} of ${want}`)
}
