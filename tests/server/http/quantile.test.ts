import fc from 'fast-check'
import { Histogram, Registry } from 'prom-client'
import { describe, expect, it } from 'vitest'
import { quantileOf } from '../../../src/server/http/quantile.ts'

const buckets = [0.1, 0.5, 1, 5]
async function quantile(seen: readonly number[], q: number): Promise<number | null> {
  const histogram = new Histogram({ name: 'x', help: 'x', buckets, registers: [new Registry()] })
  for (const seconds of seen) histogram.observe(seconds)
  return quantileOf((await histogram.get()).values, q)
}

describe('a share of what a histogram saw', () => {
  it('is unknown before anything was seen', async () => {
    expect(await quantile([], 0.5)).toBeNull()
  })

  it('lies within the bucket that its true value falls into', async () => {
    const seconds = fc.double({ min: 0.001, max: 4.99, noNaN: true })
    await fc.assert(
      fc.asyncProperty(
        fc.array(seconds, { minLength: 1, maxLength: 60 }),
        fc.constantFrom(0.5, 0.95, 0.99),
        async (seen, q) => {
          const truth = seen.toSorted((a, b) => a - b)[Math.ceil(q * seen.length) - 1] ?? 0
          expect(await quantile(seen, q)).toBe((buckets.find((bound) => truth <= bound) ?? 0) * 1000)
        },
      ),
    )
  })

  it('beyond the last bound is told as that bound', async () => {
    expect(await quantile([0.05, 70, 80], 0.99)).toBe(5000)
  })
})
