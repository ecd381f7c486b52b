import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { clockOf, momentSaid } from '../../../../src/domain/rules/duty/said.ts'
import { hour, minute, moments } from './random.ts'

const zones = fc.constantFrom('Asia/Shanghai', 'Europe/Berlin', 'Australia/Lord_Howe', 'America/Havana')

describe('a time that somebody says', () => {
  it('is a moment of the stay that the clock on the wall showed so, changes of the clock included', () => {
    fc.assert(
      fc.property(moments, fc.nat(36 * 60), fc.nat(36 * 60), zones, (from, lasts, at, zone) => {
        fc.pre(at <= lasts)
        const to = from + lasts * minute
        const clock = clockOf(from + at * minute, zone)
        const said = momentSaid(clock, from, to, zone)
        // In the hour that a change of the clock repeats, the other one may be meant.
        if (said === null) throw new Error('the time was not found')
        expect(clockOf(said, zone)).toBe(clock)
        expect(said >= from && said <= to).toBe(true)
      }),
    )
  })

  it('is none outside of it, and none where it is no time', () => {
    const from = Date.parse('2026-05-04T22:00:00+08:00')
    const to = from + 8 * hour
    expect(momentSaid('05:30', from, to, 'Asia/Shanghai')).toBe(from + 7.5 * hour)
    expect(momentSaid('21:59', from, to, 'Asia/Shanghai')).toBeNull()
    expect(momentSaid('06:01', from, to, 'Asia/Shanghai')).toBeNull()
    expect(momentSaid('', from, to, 'Asia/Shanghai')).toBeNull()
  })
})
