import type { Stage } from '../lib/stage.ts'
import type { Row } from './index.ts'

/** What this machine can do at all. */
export async function limit(stage: Stage, n: number): Promise<Row[]> {
  const limits = await stage.limits()
  const device = await stage.device(await stage.site())
  await limits.ask('warm', n, 1000)
  const gzip = await device.call('limitGzip', n, 500)
  return [
    {
      fsync_ms: await limits.ask('fsync'),
      sqlite_500_ms: await limits.ask('sqlite', n, 500),
      sqlite_one_ms: await limits.ask('sqlite', n, n),
      http_push_ms: await device.call('limitPush', limits.url, n, 500),
      http_pull_ms: await device.call('limitPull', limits.url, n, 1000),
      idb_1000_ms: await device.call('limitAdd', n, 1000),
      echo_100_ms: await device.call('limitEcho', limits.url, 100, 5),
      gzip_ms: gzip.ms,
      gzip_share: gzip.zipped / gzip.plain,
      json_bytes: gzip.plain,
    },
  ]
}
