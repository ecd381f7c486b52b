import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { absorbDuty, emptyDuty } from '../../../../src/domain/rules/duty/book.ts'
import { conflictsOf, travelMs } from '../../../../src/domain/rules/duty/conflict.ts'
import { turnOf } from '../../../../src/domain/rules/duty/ending.ts'
import { staysOfMember } from '../../../../src/domain/rules/duty/mine.ts'
import { distanceM, positionOf } from '../../../../src/domain/rules/duty/position.ts'
import { dutyFact, idOf } from './facts.ts'
import { me, minute } from './random.ts'

const place = { lat: 30.25, lon: 120.17, radiusM: 50 }
/** So many metres to the north. */
const north = (metres: number) => ({ lat: place.lat + metres / 111_195, lon: place.lon })

describe('position as evidence', () => {
  const metres = fc.integer({ min: 0, max: 3000 })

  it('is inside if distance − accuracy ≤ radius, and unknown above 100 m', () => {
    fc.assert(
      fc.property(metres, fc.integer({ min: 1, max: 300 }), (away, accuracyM) => {
        fc.pre(Math.abs(away - accuracyM - place.radiusM) > 1)
        const inside = away - accuracyM <= place.radiusM ? 'inside' : 'outside'
        expect(positionOf({ ...north(away), accuracyM }, place)).toBe(accuracyM > 100 ? 'unknown' : inside)
      }),
    )
  })

  it('is unknown without a fix, without a measured post, or where the fix says nothing', () => {
    const fix = { ...north(0), accuracyM: 10 }
    expect([positionOf(null, place), positionOf(fix, undefined)]).toEqual(['unknown', 'unknown'])
    expect(positionOf({ ...fix, accuracyM: NaN }, place)).toBe('unknown')
  })

  it('measures a known distance: a degree of latitude, and along a parallel', () => {
    expect(distanceM({ lat: 0, lon: 0 }, { lat: 1, lon: 0 })).toBeCloseTo(111_195, -1)
    expect(distanceM({ lat: 60, lon: 0 }, { lat: 60, lon: 1 })).toBeCloseTo(55_597, -2)
  })
})

describe('one person at two posts', () => {
  const [near, far] = [idOf(11), idOf(12)]
  const positions = new Map([
    [near, place],
    [far, { ...north(10_000), radiusM: 50 }],
  ])
  const least = travelMs(positions.get(near), positions.get(far))
  const t0 = Date.UTC(2026, 4, 4, 1)

  function conflicts(gapMs: number, left: boolean) {
    const person = { member: me, name: '样本', way: 'printed' }
    const first = dutyFact('checkIn', { ...person, post: near }, { at: t0 - 60 * minute })
    const out = dutyFact('checkOut', { ...person, post: near, checkIn: first.id }, { at: t0 })
    const second = dutyFact('checkIn', { ...person, post: far }, { at: t0 + gapMs })
    const book = emptyDuty()
    absorbDuty(book, left ? [first, out, second] : [first, second])
    return conflictsOf(staysOfMember(book, me), {
      turnOf: (stay) => turnOf(book, stay),
      positionOf: (post) => positions.get(post),
      now: t0 + 99 * minute,
    }).map((conflict) => conflict.how)
  }

  it('is flagged within the travel time and not beyond it', () => {
    expect(least).toBeGreaterThan(10 * minute)
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 40 * minute }), (gapMs) => {
        expect(conflicts(gapMs, true)).toEqual(gapMs < least ? ['travel'] : [])
      }),
    )
  })

  it('is flagged where the first stay was not over', () => {
    expect(conflicts(40 * minute, false)).toEqual(['overlap'])
  })
})
