import fc from 'fast-check'
import * as v from 'valibot'
import { describe, expect, it } from 'vitest'
import type { Fact } from '../../../src/domain/entry.ts'
import { Passage } from '../../../src/domain/kinds/passage.ts'
import { asCorrection, corrected } from '../../../src/domain/rules/correct.ts'
import { absorb, emptyLedger, newestFirst, since, type Ledger } from '../../../src/domain/rules/ledger.ts'
import { groupOf, twiceIn } from '../../../src/domain/rules/presence.ts'
import { atHome } from '../../../src/domain/rules/presenceGroup.ts'
import { correction, east, fact, person, vehicle, west } from './gateFacts.ts'

const ledgerOf = (...facts: Fact[]): Ledger => {
  const ledger = emptyLedger()
  absorb(ledger, facts)
  return ledger
}

/** What a person sees of a ledger, without the order in which it was told. */
const seen = (ledger: Ledger) => ({
  people: ledger.presence.people,
  vehicles: ledger.presence.vehicles,
  inside: [...ledger.presence.inside.values()].map((p) => `${p.id} ${p.heads}`).sort(),
  entries: [...newestFirst(ledger)].map((l) => `${l.fact.id} ${l.retracted} ${JSON.stringify(l.body)}`),
})

describe('who is inside', () => {
  it('comes in at one gate and leaves by another', () => {
    const ledger = ledgerOf(
      person('in', { name: '刘一', purpose: 'visitor', home: '5-1-302' }),
      person('out', { name: '刘一', purpose: 'visitor', home: '5-1-302', post: west }),
    )
    expect(ledger.presence.people).toBe(0)
  })

  it('counts a home as people, not as one person', () => {
    const home = { home: '3-2-501', purpose: 'resident' }
    const ledger = ledgerOf(person('in', home), person('in', home), person('out', home))
    expect(ledger.presence.people).toBe(1)
    const other = ledgerOf(person('in', { ...home, heads: 3 }), person('out', { home: '3号楼2单元501' }))
    expect(other.presence.people).toBe(2)
  })

  it('a resident who leaves does not take the visitor out', () => {
    const ledger = ledgerOf(
      person('in', { home: '3-2-501', purpose: 'visitor', name: '刘一' }),
      person('out', { home: '3-2-501', purpose: 'resident' }),
    )
    expect(ledger.presence.people).toBe(1)
  })

  it('of several at one home the one leaves who came for the same, named or not, whoever came first', () => {
    const home = { home: '3-2-501' }
    const came = [
      person('in', { ...home, purpose: 'visitor', name: '刘一' }),
      person('in', { ...home, purpose: 'visitor' }),
      person('in', { ...home, purpose: 'delivery' }),
    ]
    const left = (body: Record<string, unknown>) => {
      const ledger = ledgerOf(...came, person('out', { ...home, ...body }))
      return came.flatMap((one) => (ledger.presence.inside.has(one.id) ? [] : [one.id]))
    }
    expect(left({ purpose: 'delivery' })).toEqual([came[2]?.id])
    expect(left({ purpose: 'visitor' })).toEqual([came[1]?.id])
    expect(left({ purpose: 'visitor', name: '刘一' })).toEqual([came[0]?.id])
    expect(left({ purpose: 'service' })).toEqual([came[1]?.id])
  })

  it('finds a masked name again that was written in full at another gate', () => {
    const ledger = ledgerOf(
      person('in', { name: '刘一', purpose: 'visitor' }),
      person('out', { name: '刘*', purpose: 'visitor', post: west }, { mine: false }),
    )
    expect(ledger.presence.people).toBe(0)
  })

  it('refusals and what was taken back move nobody', () => {
    const came = person('in', { home: '1-1-101' })
    const ledger = ledgerOf(came, person('in', { decision: 'refuse', home: '1-1-102' }))
    expect(ledger.presence.people).toBe(1)
    absorb(ledger, [correction(came, { retract: true, why: 'undo' })])
    expect(ledger.presence.people).toBe(0)
    expect(seen(ledger).entries).toHaveLength(2)
  })

  it('out without in is kept and leaves nobody owing', () => {
    const ledger = ledgerOf(vehicle('out', '甘FD21073'), vehicle('in', '甘FD21073'))
    expect(ledger.presence.vehicles).toBe(1)
    expect([...ledger.presence.groups.values()][0]?.outWithoutIn).toBe(1)
  })

  it('(failure mode 34) one plate at two offline gates: both passages stay, both gates are named, one vehicle is inside', () => {
    const ledger = ledgerOf(vehicle('in', '甘FD21073'), vehicle('in', '甘F·D21073', { post: west }))
    expect(ledger.presence.vehicles).toBe(1)
    expect(twiceIn(ledger.presence).map((p) => p.gates)).toEqual([[east, west]])
    expect([...newestFirst(ledger)]).toHaveLength(2)
  })

  it('takes residents to be at home until a passage shows otherwise', () => {
    const home = { subject: 'person', home: '3-2-501' } as const
    const at = (...facts: Fact[]) => atHome(groupOf(ledgerOf(...facts).presence, home), 3)
    expect(at()).toBe(3)
    expect(at(person('out', home))).toBe(2)
    expect(at(person('in', home))).toBe(3)
    expect(at(person('out', home), person('out', home), person('in', home))).toBe(2)
  })
})

describe('corrections', () => {
  it('[FD1] of several corrections of a field the last arrival counts, and the entry stays readable', () => {
    const came = vehicle('in', '甘FD21073')
    const first = correction(came, { patch: { plate: '甘FD21074' } }, { seq: 900 })
    const second = correction(came, { patch: { plate: '甘FD21075' } }, { seq: 800 })
    const ledger = ledgerOf(came, first, second)
    const logged = ledger.entries.get(came.id)
    expect(logged?.body['plate']).toBe('甘FD21074')
    expect(logged?.fact.body['plate']).toBe('甘FD21073')
    expect(logged?.corrections).toHaveLength(2)
  })

  it('[FD1] arrival decides, not the order in which corrections are handed in', () => {
    const came = vehicle('in', '甘FD21073')
    const patches = [
      correction(came, { patch: { plate: '甘FD21074' } }, { seq: 900 }),
      correction(came, { patch: { plate: '甘FD21075' } }, { seq: 800 }),
    ].flatMap((c) => asCorrection(c) ?? [])
    const body = v.parse(Passage, came.body)
    expect(corrected(Passage, body, patches).body.plate).toBe('甘FD21074')
    expect(corrected(Passage, body, patches.toReversed()).body.plate).toBe('甘FD21074')
  })

  it('[FD1] a correction may arrive before its target', () => {
    const came = person('in', { home: '1-1-101' })
    const ledger = ledgerOf(correction(came, { retract: true }))
    absorb(ledger, [came])
    expect(ledger.presence.people).toBe(0)
  })

  it('null takes a field away; a patch that makes no sense changes nothing but is kept', () => {
    const came = person('in', { home: '1-1-101', note: 'x' })
    const ledger = ledgerOf(
      came,
      correction(came, { patch: { note: null } }),
      correction(came, { patch: { way: 'up' } }),
    )
    const logged = ledger.entries.get(came.id)
    expect(logged?.body).not.toHaveProperty('note')
    expect(logged?.body['way']).toBe('in')
    expect(logged?.corrections).toHaveLength(2)
  })

  it('moves an entry to the home it was corrected to', () => {
    const came = person('in', { home: '1-1-101', purpose: 'visitor' })
    const ledger = ledgerOf(came, correction(came, { patch: { home: '1-1-102' } }))
    expect(groupOf(ledger.presence, { subject: 'person', home: '1-1-101' })?.inside.size ?? 0).toBe(0)
    expect(groupOf(ledger.presence, { subject: 'person', home: '1-1-102' })?.inside.size).toBe(1)
  })

  it('[PL9] an entry of a newer app is kept and shown, not reckoned with', () => {
    const ledger = ledgerOf(fact('passage', { post: east, way: 'through' }), fact('drone', { x: 1 }))
    expect([...newestFirst(ledger)].map((l) => l.kind)).toEqual(['newer', 'newer'])
    expect(ledger.presence.people).toBe(0)
  })
})

const act = fc.record({
  way: fc.constantFrom('in' as const, 'out' as const),
  who: fc.constantFrom(
    { home: '1-1-101' },
    { home: '1-1-101', name: '张三' },
    { home: '1-1-101', name: '张*' },
    { home: '1-1-102', purpose: 'visitor' },
    { name: '李四', purpose: 'visitor' },
    { purpose: 'delivery' },
    { subject: 'vehicle', plate: '京A12345' },
    { subject: 'vehicle' },
  ),
  heads: fc.integer({ min: 1, max: 4 }),
  decision: fc.constantFrom('admit', 'admit', 'refuse'),
  minute: fc.integer({ min: 0, max: 20 }),
  undone: fc.constantFrom(false, false, true),
})

const story = fc.array(act, { maxLength: 25 }).map((acts) =>
  acts.flatMap(({ way, who, heads, decision, minute, undone }) => {
    const came = person(way, { ...who, heads, decision }, { at: minute * 60_000 })
    return undone ? [came, correction(came, { retract: true }, { at: minute * 60_000 })] : [came]
  }),
)

describe('however the facts arrive', () => {
  it('in any order, in any portions, twice: the same ledger', () => {
    fc.assert(
      fc.property(
        story.chain((facts) =>
          fc.tuple(fc.constant(facts), fc.shuffledSubarray(facts, { minLength: facts.length })),
        ),
        fc.integer({ min: 1, max: 5 }),
        ([facts, shuffled], size) => {
          const whole = ledgerOf(...facts)
          const bits = emptyLedger()
          for (let i = 0; i < shuffled.length; i += size) absorb(bits, shuffled.slice(i, i + size))
          absorb(bits, shuffled.slice(0, size))
          expect(seen(bits)).toEqual(seen(whole))
        },
      ),
    )
  })

  it('figures are the sum of the parties and never below nothing', () => {
    fc.assert(
      fc.property(story, (facts) => {
        const { presence } = ledgerOf(...facts)
        const parties = [...presence.inside.values()]
        expect(presence.people).toBe(
          parties.filter((p) => p.subject === 'person').reduce((sum, p) => sum + p.heads, 0),
        )
        expect(presence.vehicles).toBe(parties.filter((p) => p.subject === 'vehicle').length)
        expect(parties.every((p) => p.heads > 0)).toBe(true)
        expect(parties.length).toBe([...presence.groups.values()].reduce((sum, g) => sum + g.inside.size, 0))
      }),
    )
  })

  it('sent after saved, with a corrected time, moves to its place', () => {
    const early = person('in', { home: '1-1-101' }, { at: 1000, seq: null, state: 'saved' })
    const late = person('out', { home: '1-1-101' }, { at: 2000 })
    const ledger = ledgerOf(early, late)
    expect(ledger.presence.people).toBe(0)
    absorb(ledger, [{ ...early, at: 3000, seq: 7, state: 'sent' }])
    expect(ledger.presence.people).toBe(1)
    expect([...newestFirst(ledger)].map((l) => l.fact.state)).toEqual(['sent', 'sent'])
    expect(since(ledger, 2500).map((l) => l.fact.id)).toEqual([early.id])
  })

  it('takes up a tap in well under a frame with 10,000 entries in the book', () => {
    const facts = Array.from({ length: 10_000 }, (_, i) =>
      i % 3 === 0
        ? person('in', { purpose: 'visitor' })
        : person(i % 2 ? 'in' : 'out', { home: `1-1-${i % 700}` }),
    )
    const ledger = ledgerOf(...facts)
    const started = performance.now()
    for (let i = 0; i < 100; i++) absorb(ledger, [person('in', { purpose: 'visitor' })])
    expect((performance.now() - started) / 100).toBeLessThan(8)
  })
})
