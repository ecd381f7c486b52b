import { between, mustBe, tickets, type Stage } from '../lib/stage.ts'
import type { Row } from './index.ts'

const devices = 50

/** Fifty phones push their share of n entries at once; timed until the last one knows. */
export async function w2(stage: Stage, n: number): Promise<Row[]> {
  const each = Math.ceil(n / devices)
  const limits = await stage.limits()
  const server = await stage.server()
  const where = { url: server.url, opts: stage.settings.opts }
  const perProcess = stage.settings.info.maxPerProcess ?? devices
  const drives = []
  for (let at = 0; at < devices; at += perProcess) {
    const drive = await stage.drive()
    const here = Math.min(perProcess, devices - at)
    await drive.ask('fill', where, each, 100 + at, here, await tickets(server, here))
    drives.push(drive)
  }
  const limitBefore = await limits.ask('sqlite', n, each)
  await server.ask('resetPeak')
  const before = await server.ask('usage')
  const begun = performance.now()
  const parts = await Promise.all(drives.map((drive) => drive.ask('push')))
  const apart = performance.now() - begun
  const used = between(before, await server.ask('usage'))
  mustBe('the server', await server.ask('count'), each * devices)
  const limitMs = (limitBefore + (await limits.ask('sqlite', n, each))) / 2
  const [only] = parts
  const ms = parts.length === 1 && only ? only.ms : apart
  return [
    {
      ms,
      entries_per_s: (n / ms) * 1000,
      ...used,
      client_cpu_ms: parts.reduce((sum, part) => sum + part.cpuMs, 0),
      limit_ms: limitMs,
      ratio_limit: ms / limitMs,
    },
  ]
}
