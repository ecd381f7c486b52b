import { describe, expect, it } from 'vitest'
// Loaded before anything is simulated: virtual time can't wait for a file.
import '../../src/client/sync/relay/index.ts'
import { simulate, sound } from './simulation/run.ts'

describe('seeded simulation, with phones that take each other’s pages along ([RL5])', () => {
  const seeds = Array.from({ length: 12 }, (_, i) => 5001 + i)
  let receipts = 0

  it.each(seeds)('seed %i', { timeout: 120_000 }, async (seed) => {
    const outcome = await simulate(seed, { ...sound, relayShare: 0.4 })
    receipts += outcome.receipts
    expect(outcome.findings).toEqual([])
    expect(outcome.saved).toBeGreaterThan(0)
  })

  it('receipts came back through other phones', () => {
    expect(receipts).toBeGreaterThan(3)
  })
})
