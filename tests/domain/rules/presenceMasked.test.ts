import { describe, expect, it } from 'vitest'
import type { Draft, Fact } from '../../../src/domain/entry.ts'
import { kindOf } from '../../../src/domain/kinds/index.ts'
import { absorb, emptyLedger } from '../../../src/domain/rules/ledger.ts'
import { sampleNeighbourhood } from '../../../src/domain/sample/index.ts'

const community = '0190a000-0000-7000-8000-000000000001'
const drafts = sampleNeighbourhood({
  seed: 7,
  community,
  zone: 'Asia/Shanghai',
  now: Date.UTC(2026, 10, 22, 7, 34),
})

const factOf = ({ id = '', kind, logbook, at = 0, body }: Draft, seq: number): Fact => ({
  id,
  kind,
  v: 1,
  logbook,
  at,
  deviceAt: at,
  by: community,
  seq,
  flags: [],
  state: 'sent',
  mine: false,
  body,
})

const maskOf = (fact: Fact): Fact => ({ ...fact, body: kindOf(fact.kind)?.mask?.(fact.body) ?? fact.body })

const insideOf = (facts: readonly Fact[]) => {
  const ledger = emptyLedger()
  absorb(ledger, facts)
  const { people, vehicles } = ledger.presence
  return { people, vehicles }
}

describe('who is inside', () => {
  const books = Map.groupBy(
    drafts.filter((draft) => draft.logbook.startsWith('gate/')),
    (draft) => draft.logbook,
  )

  it.each([...books.keys()])('is the same for a desk with full names and a phone with masks: %s', (book) => {
    const facts = (books.get(book) ?? []).map(factOf)
    const full = insideOf(facts)
    expect(full.people).toBeGreaterThan(0)
    expect(insideOf(facts.map(maskOf))).toEqual(full)
  })
})
