import { describe, expect, it } from 'vitest'
import { isReady, readinessOf, type Evidence } from '../../../../src/client/features/enrol/readiness.ts'

const all: Evidence = {
  status: { persisted: true, firstSyncDone: true, state: 'sent' },
  persisted: true,
  shell: true,
  testRead: true,
}

describe('ready for offline', () => {
  it('is said when storage was asked for, shell and data are complete and the test entry came back', () => {
    expect(isReady(readinessOf(all))).toBe(true)
  })

  it('(failure mode 1) is also said when the browser refused to keep the storage, with its own words', () => {
    const refused = readinessOf({ ...all, persisted: false })
    expect([refused.storage, isReady(refused)]).toEqual(['no', true])
  })

  it.each([
    ['the browser was not asked yet', { persisted: undefined, status: null }],
    ['the service worker still fills its cache', { shell: false }],
    ['the browser has no service worker', { shell: null }],
    ['the test entry did not come back', { testRead: false }],
    ['the test entry is still under way', { testRead: undefined }],
    [
      '(failure mode 30) the first sync was interrupted',
      { status: { persisted: true, firstSyncDone: false, state: 'sent' } },
    ],
  ] as const)('is not said while %s', (_case, change) => {
    expect(isReady(readinessOf({ ...all, ...change }))).toBe(false)
  })

  it('says that the network is missing instead of waiting for ever', () => {
    const status = { persisted: true, firstSyncDone: false, state: 'offline' } as const
    expect(readinessOf({ ...all, status }).data).toBe('no')
  })
})
