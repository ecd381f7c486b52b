import { expect, it } from 'vitest'
import { simulate } from './simulation/run.ts'

/** Seeds in a row. */
export const seedsPass = (from: number, count: number): void =>
  thesePass(Array.from({ length: count }, (_, i) => from + i))

/** One test a seed: nothing lost, nothing doubled, all agree, nobody stuck. */
export function thesePass(seeds: readonly number[]): void {
  it.each(seeds)('seed %i', { timeout: 120_000 }, async (seed) => {
    const { findings, saved } = await simulate(seed)
    expect(findings, `replay: npm run simulate -- --seeds 1 --from ${seed}`).toEqual([])
    expect(saved).toBeGreaterThan(0)
  })
}
