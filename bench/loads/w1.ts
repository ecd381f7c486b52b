import { between, mustBe, type Stage } from '../lib/stage.ts'
import type { Row } from './index.ts'

/** A phone returns with n entries, stored one by one while offline; timed until it knows the centre has all. */
export async function w1(stage: Stage, n: number): Promise<Row[]> {
  const limits = await stage.limits()
  const server = await stage.server()
  const device = await stage.device(await stage.site())
  const where = await stage.where(server, 'w1')
  const sqliteBefore = await limits.ask('sqlite', n, 500)
  const http = await device.call('limitPush', limits.url, n, 500)
  await device.call('prepare', where)
  await device.call('open', where)
  const savedMs = await device.call('put', n, 1)
  const before = await server.ask('usage')
  const ms = await device.call('push')
  const used = between(before, await server.ask('usage'))
  mustBe('the server', await server.ask('count'), n)
  const sqlite = (sqliteBefore + (await limits.ask('sqlite', n, 500))) / 2
  return [
    {
      ms,
      saved_ms: savedMs,
      ...used,
      wire_share: used.up_bytes / (await device.call('jsonBytes', n, 1)),
      disk_bytes: await server.ask('diskBytes'),
      limit_ms: sqlite + http,
      ratio_limit: ms / (sqlite + http),
    },
  ]
}
