import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  afterTry,
  afterWaiting,
  isEasyPin,
  longestWaitMs,
  noTries,
  pinPattern,
  type Tries,
} from '../../../../src/domain/rules/guards/pin.ts'

const triedTimes = (times: number): Tries =>
  Array.from({ length: times }).reduce<Tries>((tries) => afterTry(tries), noTries)

describe('tries at a PIN', () => {
  it('four cost nothing, the fifth half a minute, each after it twice as much, up to a quarter of an hour', () => {
    expect([1, 2, 3, 4].map((times) => triedTimes(times).waitMs)).toEqual([0, 0, 0, 0])
    expect([5, 6, 7].map((times) => triedTimes(times).waitMs)).toEqual([30_000, 60_000, 120_000])
    expect(triedTimes(100).waitMs).toBe(longestWaitMs)
  })

  it('a wait ends by as much as the app was open, and never grows by waiting', () => {
    fc.assert(
      fc.property(fc.nat(40), fc.array(fc.integer({ min: -1e9, max: 1e7 })), (times, spans) => {
        const tries = triedTimes(times)
        const waited = spans.reduce((sum, ms) => sum + Math.max(0, ms), 0)
        const after = spans.reduce(afterWaiting, tries)
        expect(after).toEqual({ wrong: tries.wrong, waitMs: Math.max(0, tries.waitMs - waited) })
      }),
    )
  })

  it('n wrong ones take as long as the waits between them come to, however the time is cut up', () => {
    fc.assert(
      fc.property(fc.integer({ min: 5, max: 20 }), fc.integer({ min: 500, max: 90_000 }), (times, stepMs) => {
        let [tries, openMs, owed] = [noTries, 0, 0]
        for (let n = 0; n < times; n++) {
          owed += tries.waitMs
          for (; tries.waitMs > 0; openMs += stepMs) tries = afterWaiting(tries, stepMs)
          tries = afterTry(tries)
        }
        expect(tries.wrong).toBe(times)
        expect(openMs).toBeGreaterThanOrEqual(owed)
        expect(owed).toBeGreaterThanOrEqual((times - 5) * 30_000)
      }),
    )
  })
})

describe('a PIN', () => {
  it('has four to six digits', () => {
    expect(['1357', '86420', '904817'].every((pin) => pinPattern.test(pin))).toBe(true)
    expect(['135', '1234567', '12a4', '１２３４', ''].some((pin) => pinPattern.test(pin))).toBe(false)
  })

  it('that anybody tries first is not taken: one digit, or a run up or down', () => {
    expect(['0000', '111111', '1234', '4321', '345678', '98765'].every(isEasyPin)).toBe(true)
    expect(['1357', '1233', '8642', '904817', '0001'].some(isEasyPin)).toBe(false)
  })

  it('is easy for few of all: 10 of one digit and runs', () => {
    const all = Array.from({ length: 10_000 }, (_, n) => String(n).padStart(4, '0'))
    expect(all.filter(isEasyPin)).toHaveLength(10 + 7 + 7)
  })
})
