import { quantile, tidy } from '../lib/stats.ts'

/** How long things took, ms. */
export const percentiles = (took: readonly number[]) => ({
  p50_ms: tidy(quantile(took, 0.5)),
  p95_ms: tidy(quantile(took, 0.95)),
  p99_ms: tidy(quantile(took, 0.99)),
})

export const sleep = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))
