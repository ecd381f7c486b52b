import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createClockKeeper } from '../../../src/client/platform/offset.ts'
import { virtualTime } from '../../support/virtualTime.ts'

const keeping = () => {
  const time = virtualTime(1_000_000_000)
  return { time, keeper: createClockKeeper(time.clock) }
}

describe('the known offset', () => {
  it('takes half the round trip off', () => {
    const { time, keeper } = keeping()
    const sent = time.clock.mono()
    time.pass(400)
    keeper.learn(1_000_005_200, sent)
    expect(keeper.offset()).toEqual({ offMs: 5000, learnedAt: 1_000_000_400 })
    expect(keeper.corrected()).toBe(1_000_005_400)
  })

  it('follows when somebody sets the clock while the app runs: corrected time does not jump', () => {
    fc.assert(
      fc.property(fc.integer({ min: -1e11, max: 1e11 }), fc.integer({ min: 0, max: 1e6 }), (jump, later) => {
        fc.pre(Math.abs(jump) > 2000)
        const { time, keeper } = keeping()
        keeper.learn(1_000_000_000, time.clock.mono())
        time.pass(later)
        keeper.now()
        time.set(time.clock.now() + jump)
        const moved = keeper.corrected() - (1_000_000_000 + later)
        return Math.abs(moved) <= 1 && keeper.ageMs() === later
      }),
    )
  })

  it('does not follow small differences between the clocks', () => {
    const { time, keeper } = keeping()
    keeper.learn(1_000_000_000, time.clock.mono())
    time.set(time.clock.now() + 1500)
    keeper.now()
    expect(keeper.offset()?.offMs).toBe(0)
  })

  it('takes time that ran ahead of the other clock while the page was hidden for sleep, not for a jump', () => {
    const { time, keeper } = keeping()
    keeper.learn(1_000_000_000, time.clock.mono())
    keeper.slept()
    time.set(time.clock.now() + 3_600_000)
    expect(keeper.now()).toBe(1_003_600_000)
    expect(keeper.offset()?.offMs).toBe(0)
    expect(keeper.ageMs()).toBe(3_600_000)
  })

  it('a clock set back is believed, also after a sleep', () => {
    const { time, keeper } = keeping()
    keeper.learn(1_000_000_000, time.clock.mono())
    keeper.slept()
    time.set(time.clock.now() - 3_600_000)
    expect(keeper.corrected()).toBe(1_000_000_000)
  })
})
