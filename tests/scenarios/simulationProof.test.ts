import { describe, expect, it } from 'vitest'
import {
  acknowledgesBeforeCommit,
  cursorBeforeRows,
  leavesOutOwn,
  naiveCursor,
  retriesWithoutIdempotency,
} from './simulation/faulty.ts'
import { simulate, type Parts } from './simulation/run.ts'

/**
 * All that was found in the first of seeds 1 to `seeds` whose story ends badly with these parts, a line each. `from` is looked
 * at first, and the others after it in a ring: a seed that was seen to find this spares those before it.
 */
async function firstFindings(parts: Parts, seeds: number, from = 1): Promise<string> {
  for (let i = 0; i < seeds; i++) {
    const { findings } = await simulate(1 + ((from - 1 + i) % seeds), parts)
    if (findings.length > 0) return findings.join('\n')
  }
  return 'nothing'
}

describe('the simulation finds', { timeout: 240_000 }, () => {
  it('[PU2] a centre that acknowledges before the commit: entries are lost', async () => {
    expect(await firstFindings(acknowledgesBeforeCommit, 150, 29)).toMatch(/^lost|missing/m)
  })

  it('[PL2] a cursor that can pass rows which are not visible yet: a phone never gets them', async () => {
    expect(await firstFindings(naiveCursor, 60)).toMatch(/missing/)
  })

  it('[PU3] a centre for which a repeated page is new: entries are doubled', async () => {
    expect(await firstFindings(retriesWithoutIdempotency, 60)).toMatch(/doubled|twice|put aside \d+ times/)
  })

  it('[PL3] a phone that stores the cursor before its rows: it never gets them', async () => {
    expect(await firstFindings(cursorBeforeRows, 60)).toMatch(/missing/)
  })

  it('[PL7] a pull without one’s own claims: nobody is told whether they have the turn', async () => {
    expect(await firstFindings(leavesOutOwn, 60)).toMatch(/never told|differs on duty/)
  })
})
