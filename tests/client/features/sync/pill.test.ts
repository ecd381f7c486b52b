import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { pillOf } from '../../../../src/client/features/sync/pill.ts'
import { clockNews, roomFor } from '../../../../src/client/features/sync/clock.ts'
import type { SyncState } from '../../../../src/client/sync/status.ts'

const states: readonly SyncState[] = [
  'sent',
  'waiting',
  'sending',
  'offline',
  'attention',
  'full',
  'revoked',
  'signed-out',
]

describe('the pill', () => {
  it.each([0, 3])('is green in one state only, with %i waiting', (waiting) => {
    const green = states.filter(
      (state) => pillOf({ state, waiting, others: 0, attention: 2 }).tone === 'good',
    )
    expect(green).toEqual(['sent'])
  })

  it('is not green while another guard of this phone has something to be sent, and counts it', () => {
    const pill = pillOf({ state: 'sent', waiting: 0, others: 12, attention: 0 })
    expect(pill).toMatchObject({ tone: 'wait', key: 'sync.pill.waiting', n: 12 })
  })

  it('counts what waits without a network, and says only "no network" when nothing does', () => {
    expect(pillOf({ state: 'offline', waiting: 30, others: 7, attention: 0 })).toMatchObject({
      icon: 'off',
      n: 37,
    })
    expect(pillOf({ state: 'offline', waiting: 0, others: 0, attention: 0 }).key).toBe('sync.pill.offline')
  })
})

describe('the clock', () => {
  it('(failure mode 31) is told when it is off by more than two minutes, and which way', () => {
    expect(clockNews(2 * 3_600_000)).toEqual({ minutes: 120, fast: false })
    expect(clockNews(-5 * 60_000)).toEqual({ minutes: 5, fast: true })
    expect([clockNews(120_000), clockNews(-120_000), clockNews(null)]).toEqual([null, null, null])
  })
})

describe('the room left', () => {
  it('is never promised beyond what the browser says, and never below nothing', () => {
    fc.assert(
      fc.property(fc.nat(1e9), fc.nat(1e9), (usage, quota) => {
        const room = roomFor({ usage, quota }) ?? -1
        expect(room).toBeGreaterThanOrEqual(0)
        expect(room * 1000).toBeLessThanOrEqual(Math.max(0, quota - usage))
      }),
    )
  })

  it('is unknown where the browser does not tell', () => expect(roomFor(null)).toBe(null))
})
