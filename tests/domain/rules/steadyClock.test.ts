import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { lookAtClock, type ClockSeen } from '../../../src/domain/rules/steadyClock.ts'

const hour = 3_600_000
const day = 24 * hour
const start = Date.UTC(2026, 10, 30)

/** What each look comes to, one after another. */
function looks(times: readonly number[], seen: ClockSeen | null = { at: start }): boolean[] {
  let known = seen
  return times.map((now) => {
    const look = lookAtClock(known, now)
    known = look.seen
    return look.believed
  })
}
const hourly = (from: number, hours: number): number[] =>
  Array.from({ length: hours }, (_, n) => from + n * hour)

describe('the clock by which things are erased', () => {
  it('is believed as long as it goes on, also after a week switched off', () => {
    expect(looks([start, start + hour, start + 8 * day, start + 16 * day])).toEqual([true, true, true, true])
    expect(looks([start], null)).toEqual([true])
  })

  it('is not believed after a leap of years, nor after one back, until it was right again', () => {
    for (const leap of [365 * day, -365 * day, -56 * 365 * day, 9 * day, -3 * day]) {
      const times = [...hourly(start + leap, 24), ...hourly(start + day, 2)]
      expect(looks(times)).toEqual([...Array.from({ length: 24 }, () => false), true, true])
    }
  })

  it('is believed when it has gone on for three days', () => {
    const believed = looks(hourly(start + 365 * day, 80))
    expect(believed.indexOf(true)).toBe(72)
    expect(believed.slice(72)).not.toContain(false)
  })

  it('whatever it does, is believed only where it goes on from a time that was, or has gone on for three days', () => {
    const step = fc.oneof(fc.constant(hour), fc.integer({ min: -400 * day, max: 400 * day }))
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        let now = start
        const times = steps.map((ms) => (now += ms))
        let [last, run] = [start, 0]
        looks(times).forEach((believed, i) => {
          const [time = 0, before = start] = [times[i], times[i - 1]]
          const goesOn = (from: number) => time >= from - hour && time <= from + 8 * day
          run = i > 0 && goesOn(before) ? run + time - before : 0
          if (!believed) return
          expect(goesOn(last) || run >= 3 * day).toBe(true)
          last = time
        })
      }),
    )
  })
})
