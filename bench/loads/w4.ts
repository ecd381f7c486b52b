import { between, mustBe, sleep, type Stage } from '../lib/stage.ts'
import type { Row } from './index.ts'

export const added = 100

/** Two connected phones, n entries in: one stores and sends a hundred; timed until the other has them. */
export async function w4(stage: Stage, n: number): Promise<Row[]> {
  const limits = await stage.limits()
  const server = await stage.server()
  const page = await stage.site()
  await stage.seed(server, n)
  const [a, b] = [await stage.device(page), await stage.device(page)]
  for (const [device, name] of [
    [a, 'w4a'],
    [b, 'w4b'],
  ] as const) {
    const where = await stage.where(server, name)
    await device.call('prepare', where)
    await device.call('open', where)
    await device.call('pull', n)
    mustBe(name, await device.call('subscribe'), n)
  }
  await sleep(3000)
  const rows: Row[] = []
  for (let i = 1; i <= stage.settings.runs; i++) {
    const limitMs = await b.call('limitEcho', limits.url, added)
    const before = await server.ask('usage')
    const sent = await a.call('send', added, 3000 + i)
    const ms = (await b.call('until', n + i * added)) - sent.begun
    await sleep(1500)
    const used = between(before, await server.ask('usage'))
    rows.push({
      ms,
      acknowledged_ms: sent.acknowledgedMs,
      ...used,
      limit_ms: limitMs,
      ratio_limit: ms / limitMs,
    })
  }
  return rows
}
