import { describe, expect, it } from 'vitest'
import { fixRoute } from '../../../../src/client/features/sync/fixRoute.ts'
import type { Entry } from '../../../../src/domain/entry.ts'

const of = (kind: string, body: Record<string, unknown> = {}, record?: string): Entry => ({
  id: 'e1',
  kind,
  v: 1,
  logbook: 'gate/x',
  at: 0,
  by: 'm',
  body,
  ...(record ? { record } : {}),
})

describe('where an entry is corrected', () => {
  it('leads a gate entry to its line in the log, and a correction to what it corrects', () => {
    expect(fixRoute(of('passage'))).toEqual({ path: '/gate/log', query: { entry: 'e1' } })
    expect(fixRoute(of('correction', { target: 'e0' }))).toEqual({
      path: '/gate/log',
      query: { entry: 'e0' },
    })
  })

  it('leads a document to its record', () => {
    expect(fixRoute(of('household', {}, 'r1'))).toEqual({ path: '/desk/places', query: { record: 'r1' } })
  })

  it('leads nowhere where only the coordinator can help', () => {
    expect([fixRoute(of('plea')), fixRoute(of('newerThanThisApp')), fixRoute(of('correction'))]).toEqual([
      null,
      null,
      null,
    ])
  })
})
