import { describe, expect, it } from 'vitest'
import {
  acknowledgesBeforeCommit,
  cursorBeforeRows,
  naiveCursor,
  retriesWithoutIdempotency,
} from './simulation/faulty.ts'
import { simulate, type Parts } from './simulation/run.ts'

/** The first seed whose story ends badly with these parts, and what was found. */
async function firstFinding(parts: Parts, seeds: number): Promise<string> {
  for (let seed = 1; seed <= seeds; seed++) {
    const { findings } = await simulate(seed, parts)
    const [first] = findings
    if (first) return first
  }
  return 'nothing'
}

describe('the simulation finds', { timeout: 240_000 }, () => {
  it('[PU2] a centre that acknowledges before the commit: entries are lost', async () => {
    expect(await firstFinding(acknowledgesBeforeCommit, 60)).toMatch(/^lost|missing/)
  })

  it('[PL2] a cursor that can pass rows which are not visible yet: a phone never gets them', async () => {
    expect(await firstFinding(naiveCursor, 60)).toMatch(/missing/)
  })

  it('[PU3] a centre for which a repeated page is new: entries are doubled', async () => {
    expect(await firstFinding(retriesWithoutIdempotency, 60)).toMatch(/doubled|twice/)
  })

  it('[PL3] a phone that stores the cursor before its rows: it never gets them', async () => {
    expect(await firstFinding(cursorBeforeRows, 60)).toMatch(/missing/)
  })
})
