import { between, mustBe, sleep, type Stage } from '../lib/stage.ts'
import type { Row } from './index.ts'
import { added } from './w4.ts'

/** A phone was closed while a hundred entries arrived; timed from opening its store until it has caught up. */
export async function w4r(stage: Stage, n: number): Promise<Row[]> {
  const limits = await stage.limits()
  const server = await stage.server()
  const page = await stage.site()
  await stage.seed(server, n)
  const where = await stage.where(server, 'w4r')
  const first = await stage.device(page)
  await first.call('prepare', where)
  await first.call('open', where)
  await first.call('pull', n)
  await first.call('close')
  await sleep(2000)
  await first.close(true)
  const rows: Row[] = []
  for (let i = 1; i <= stage.settings.runs; i++) {
    await stage.seed(server, added, 7000 + i, added)
    const device = await stage.device(page, first.folder)
    const limitMs = await device.call('limitEcho', limits.url, added)
    const before = await server.ask('usage')
    const opened = await device.call('open', { ...where, online: true })
    const pulled = await device.call('pull', n + i * added)
    const used = between(before, await server.ask('usage'))
    mustBe('the phone', pulled.count, n + i * added)
    const ms = opened + pulled.ms
    rows.push({ ms, opened_ms: opened, ...used, limit_ms: limitMs, ratio_limit: ms / limitMs })
    await device.call('close')
    await sleep(1000)
    await device.close(true)
  }
  return rows
}
