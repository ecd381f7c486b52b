import { between, mustBe, type Stage } from '../lib/stage.ts'
import type { Row } from './index.ts'

/** A fresh phone pulls n entries; timed from opening its store until it has all. */
export async function w3(stage: Stage, n: number): Promise<Row[]> {
  const limits = await stage.limits()
  const server = await stage.server()
  const page = await stage.site()
  await stage.seed(server, n)
  mustBe('the server', await server.ask('count'), n)
  await limits.ask('warm', n, 1000)
  const rows: Row[] = []
  for (let i = 0; i < stage.settings.runs; i++) {
    // another page, so that its memory is not counted with the phone's
    const bare = await stage.device(page)
    const limitMs =
      (await bare.call('limitAdd', n, 5000)) + (await bare.call('limitPull', limits.url, n, 1000))
    await bare.close()
    const device = await stage.device(page)
    const where = await stage.where(server, `w3n${i}`)
    await device.call('prepare', where)
    await server.ask('resetPeak')
    const before = await server.ask('usage')
    const opened = await device.call('open', where)
    const pulled = await device.call('pull', n)
    const used = between(before, await server.ask('usage'))
    const pageMb = device.memoryMb()
    mustBe('the phone', pulled.count, n)
    const ms = opened + pulled.ms
    rows.push({
      ms,
      ...used,
      page_heap_mb: pulled.peakHeapMb,
      page_own_mb: pageMb,
      stored_bytes: device.storedBytes(),
      limit_ms: limitMs,
      ratio_limit: ms / limitMs,
    })
    await device.close()
  }
  return rows
}
