import type { Stage } from '../lib/stage.ts'
import type { Row } from './index.ts'

/** One entry saved, and n added in bulk, on the phone alone. */
export async function w5(stage: Stage, n: number): Promise<Row[]> {
  const device = await stage.device(await stage.site())
  const limitMs = await device.call('limitAdd', n, n)
  const row = await device.call('w5', n, stage.settings.opts)
  return [{ ...row, limit_ms: limitMs, ratio_limit: (row['bulk_ms'] ?? NaN) / limitMs }]
}
