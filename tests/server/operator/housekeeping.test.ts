import { afterEach, describe, expect, it, vi } from 'vitest'
import { keepHouse } from '../../../src/server/operator/housekeeping.ts'
import { testCentre, type TestCentre } from '../../support/testCentre.ts'

let centre: TestCentre | undefined
afterEach(async () => {
  vi.useRealTimers()
  await centre?.end()
})

describe('housekeeping', () => {
  it('erases what is past its time, once an hour, and not after it was ended', async () => {
    centre = await testCentre()
    const here = await centre.found()
    const { storage } = centre.services
    const body = { post: here.post, celsius: 36.5, fever: false }
    await here.coordinator.push([{ kind: 'reading', logbook: here.gate, body }])
    const lines = async () =>
      (await storage.entries({ logbook: here.gate, after: 0, limit: 10 })).map(({ line }) => line)
    vi.useFakeTimers({ toFake: ['setTimeout', 'setInterval', 'clearTimeout', 'clearInterval'] })
    const end = keepHouse(storage, () => centre?.clock.now ?? 0)
    vi.advanceTimersByTime(60_000)
    await end()
    expect(await lines()).not.toContain(null)
    const now = () => centre?.clock.now ?? 0
    /** One hourly run. */
    const run = async (after: number): Promise<number> => {
      if (centre) centre.clock.now += after
      let doubts = 0
      const ended = keepHouse(storage, now, () => doubts++)
      vi.advanceTimersByTime(60_000)
      await ended()
      return doubts
    }
    expect(await run(7 * 86_400_000)).toBe(0)
    // Years on, by a clock that lost its battery: what would be erased now would not come back.
    expect(await run(365 * 86_400_000)).toBe(1)
    expect(await lines()).not.toContain(null)
    expect(await run(-357 * 86_400_000)).toBe(0)
    const again = keepHouse(storage, now)
    vi.advanceTimersByTime(3_600_000)
    await again()
    expect(await lines()).toEqual([null])
    vi.advanceTimersByTime(7_200_000)
    expect(vi.getTimerCount()).toBe(0)
  })
})
