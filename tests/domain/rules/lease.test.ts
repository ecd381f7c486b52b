import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isLeaseOver, leaseMs, leaseOffDutyMs, leaseOnDutyMs } from '../../../src/domain/rules/lease.ts'

const hourMs = 3_600_000
const dayMs = 24 * hourMs
const now = Date.UTC(2026, 10, 22, 8)
const ago = (ms: number) => now - ms

describe('the lease of pulled personal data', () => {
  const cases: [string, number, number | null, boolean][] = [
    ['off duty, 23 h without contact', 23 * hourMs, null, false],
    ['off duty, 24 h without contact', dayMs, null, true],
    ['logged an hour ago, 6 days without contact', 6 * dayMs, hourMs, false],
    ['logged an hour ago, 7 days without contact', 7 * dayMs, hourMs, true],
    ['last logged 7 days ago: still on duty', 2 * dayMs, 7 * dayMs, false],
    ['last logged more than 7 days ago: off duty', 2 * dayMs, 7 * dayMs + 1, true],
  ]
  it.each(cases)('%s', (_name, silentMs, loggedMs, over) => {
    const loggedAt = loggedMs === null ? null : ago(loggedMs)
    expect(isLeaseOver({ now, contactAt: ago(silentMs), loggedAt })).toBe(over)
  })

  it('a clock that was set back ends it as one that was set ahead does: no setting makes it last', () => {
    const state = fc.record({ contact: fc.integer(), logged: fc.option(fc.integer()) })
    fc.assert(
      fc.property(state, ({ contact, logged }) => {
        const loggedAt = logged === null ? null : now + logged
        const ahead = { now, contactAt: now - contact, loggedAt }
        const back = { now, contactAt: now + contact, loggedAt }
        expect(isLeaseOver(ahead)).toBe(isLeaseOver(back))
        expect(isLeaseOver({ ...ahead, contactAt: now - leaseOnDutyMs })).toBe(true)
      }),
    )
  })

  it('is never shorter on duty than off duty', () => {
    expect(leaseMs({ now, loggedAt: now })).toBe(leaseOnDutyMs)
    expect(leaseMs({ now, loggedAt: null })).toBe(leaseOffDutyMs)
    expect(leaseOnDutyMs).toBeGreaterThan(leaseOffDutyMs)
  })
})
