import { entries } from './gate/entries.ts'
import type { LocalStore } from './peer.ts'
import { median, quantile } from './stats.ts'

const warmUp = 20
const singles = 300
const rounds = 3

/** One entry saved, and `n` added in bulk, each until it is on disk; ms. */
export async function w5(store: LocalStore, n: number): Promise<Record<string, number>> {
  await store.reset()
  const one: number[] = []
  for (const entry of entries(singles + warmUp, 61)) one.push(await timed(() => store.one(entry)))
  const settled = one.slice(warmUp)
  const bulk: number[] = []
  for (let i = 0; i < rounds; i++) {
    await store.reset()
    const list = entries(n, 62 + i)
    bulk.push(await timed(() => store.bulk(list)))
  }
  return { one_p50: quantile(settled, 0.5), one_p95: quantile(settled, 0.95), bulk_ms: median(bulk) }
}

async function timed(work: () => Promise<void>): Promise<number> {
  const begun = performance.now()
  await work()
  return performance.now() - begun
}
