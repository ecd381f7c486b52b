import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Fact } from '../../../../src/domain/entry.ts'
import { absorbDuty, emptyDuty, seatFacts, turnsOf } from '../../../../src/domain/rules/duty/book.ts'
import { dueAt } from '../../../../src/domain/rules/duty/mine.ts'
import { freePlaces, placeOf, seatsOf, type Seats } from '../../../../src/domain/rules/duty/seats.ts'
import { dutyFact, idOf } from './facts.ts'

const person = (n: number): string => idOf(100 + n)
const names = (seats: readonly { member: string }[]) => seats.map((s) => s.member)
const turnWith = (heads: number) =>
  dutyFact('shift', { post: idOf(10), starts: 2_000, ends: 9_000, heads }, { id: idOf(50) })

type Step = { who: number; act: 'take' | 'giveBack' | 'assign' | 'unassign'; decided: boolean }

/** Facts as a phone may have them: the decided ones numbered in the order of the steps. */
const factsOf = (steps: readonly Step[]): Fact[] =>
  steps.map(({ who, act, decided }, n) =>
    dutyFact(
      act === 'take' || act === 'giveBack' ? 'claim' : 'assignment',
      { shift: idOf(50), member: person(who), name: `样本${who}`, act },
      { seq: decided ? n + 1 : null, at: 1_000 + n, state: decided ? 'sent' : 'saved' },
    ),
  )

function seatsIn(heads: number, facts: readonly Fact[]): Seats {
  const book = emptyDuty()
  absorbDuty(book, [turnWith(heads), ...facts])
  const [turn] = turnsOf(book)
  if (!turn) throw new Error('no turn')
  return seatsOf(turn, seatFacts(book, turn.fact.id))
}

const step: fc.Arbitrary<Step> = fc.record({
  who: fc.integer({ min: 0, max: 5 }),
  act: fc.constantFrom('take', 'take', 'giveBack', 'assign', 'unassign'),
  decided: fc.boolean(),
})
const steps = fc.array(step, { maxLength: 30 })
const heads = fc.integer({ min: 0, max: 4 })

/** The rule in other words: a queue that people enter at the end and leave from anywhere. */
function queue(steps: readonly Step[]): string[] {
  const line: string[] = []
  for (const { who, act } of steps) {
    const at = line.indexOf(person(who))
    if (act === 'take' || act === 'assign') {
      if (at < 0) line.push(person(who))
    } else if (at >= 0) line.splice(at, 1)
  }
  return line
}

describe('seats of a turn', () => {
  it('are never more than its heads, nobody has two, and only the decided hold one', () => {
    fc.assert(
      fc.property(heads, steps, (n, list) => {
        const { holders, waiting } = seatsIn(n, factsOf(list))
        expect(holders.length).toBeLessThanOrEqual(n)
        expect(holders.every((s) => s.decided)).toBe(true)
        const all = names([...holders, ...waiting])
        expect(new Set(all).size).toBe(all.length)
        if (waiting.some((s) => s.decided)) expect(holders).toHaveLength(n)
      }),
    )
  })

  it('are the same whatever order facts reach a phone in, and on every phone that has the same ([FD1])', () => {
    fc.assert(
      fc.property(heads, steps, fc.infiniteStream(fc.nat()), (n, list, random) => {
        const facts = factsOf(list)
        const shuffled = facts
          .map((fact) => ({ fact, key: random.next().value ?? 0 }))
          .sort((a, b) => a.key - b.key)
          .map(({ fact }) => fact)
        expect(seatsIn(n, [...shuffled, ...shuffled])).toEqual(seatsIn(n, facts))
      }),
    )
  })

  it('go to the first to arrive; the others wait in order, and giving back moves the next one up', () => {
    fc.assert(
      fc.property(heads, steps, (n, list) => {
        const decided = list.filter((s) => s.decided)
        const { holders, waiting } = seatsIn(n, factsOf(decided))
        expect(names([...holders, ...waiting])).toEqual(queue(decided))
        expect(names(holders)).toEqual(queue(decided).slice(0, n))
      }),
    )
  })

  it('what the centre has not decided takes nothing from anybody and frees nothing', () => {
    fc.assert(
      fc.property(heads, steps, (n, list) => {
        const known = list.filter((s) => s.decided)
        const all = seatsIn(n, factsOf(list))
        expect(names(all.holders)).toEqual(names(seatsIn(n, factsOf(known)).holders))
      }),
    )
  })

  it('what somebody took by a card only the same hand gives back by it, the person and who is in charge always', () => {
    const claim = (act: string, by: string, seq: number | null, more: Record<string, unknown> = {}) =>
      dutyFact('claim', { shift: idOf(50), member: person(1), name: '样本1', act, ...more }, { by, seq })
    const [leader, finder, me] = [person(8), person(9), person(1)]
    const taken = claim('take', leader, 1, { proof: 'GP:C:X' })
    const holds = (fact: Fact): boolean => names(seatsIn(1, [taken, fact]).holders).includes(me)
    expect(holds(claim('giveBack', finder, 2, { proof: '*' }))).toBe(true)
    expect(holds(claim('giveBack', leader, 2, { proof: '*' }))).toBe(false)
    expect(holds(claim('giveBack', me, 2, { proof: 'GP:C:X' }))).toBe(false)
    expect(holds(claim('giveBack', me, 2))).toBe(false)
    expect(holds(claim('giveBack', finder, 2))).toBe(false)
    const asked = (by: string) => seatsIn(1, [taken, claim('giveBack', by, null, { proof: '*' })]).holders
    expect([asked(finder)[0]?.leaving, asked(leader)[0]?.leaving]).toEqual([false, true])
  })

  it('an assignment made later changes who leads, not who came first', () => {
    const lead = dutyFact(
      'assignment',
      { shift: idOf(50), member: person(1), name: '样本1', act: 'assign', placement: 'manual', leads: true },
      { seq: 9 },
    )
    const taken = factsOf([
      { who: 1, act: 'take', decided: true },
      { who: 2, act: 'take', decided: true },
    ])
    const { holders } = seatsIn(2, [...taken, lead])
    expect(holders.map((s) => [s.member, s.leads, s.placement])).toEqual([
      [person(1), true, 'manual'],
      [person(2), false, 'claimed'],
    ])
  })

  it('fewer heads send the last ones to the line, more heads bring them back', () => {
    const taken = factsOf([
      { who: 1, act: 'take', decided: true },
      { who: 2, act: 'take', decided: true },
    ])
    const change = (to: number, seq: number) =>
      dutyFact('shiftChange', { target: idOf(50), patch: { heads: to } }, { seq })
    expect(names(seatsIn(2, [...taken, change(1, 8)]).waiting)).toEqual([person(2)])
    expect(names(seatsIn(2, [...taken, change(1, 8), change(3, 9)]).holders)).toEqual([person(1), person(2)])
  })
})

describe('what one person is told', () => {
  const take = (who: number, decided = true): Step => ({ who, act: 'take', decided })

  it('waiting for the centre, yours, or full and how many stand before you', () => {
    const seats = seatsIn(1, factsOf([take(1), take(2), take(3), take(4, false)]))
    expect(placeOf(seats, person(1))).toEqual({ is: 'mine', leads: false, leaving: false })
    expect(placeOf(seats, person(2))).toEqual({ is: 'next', place: 1, leaving: false })
    expect(placeOf(seats, person(3))).toEqual({ is: 'next', place: 2, leaving: false })
    expect(placeOf(seats, person(4))).toEqual({ is: 'asked' })
    expect(placeOf(seats, person(5))).toEqual({ is: 'none' })
  })

  it('a place given back is held until the centre has heard of it; one only asked for is dropped at once', () => {
    const back = (who: number): Step => ({ who, act: 'giveBack', decided: false })
    const seats = seatsIn(1, factsOf([take(1), take(2), back(1), take(3, false), back(3)]))
    expect(placeOf(seats, person(1))).toEqual({ is: 'mine', leads: false, leaving: true })
    expect(placeOf(seats, person(2))).toEqual({ is: 'next', place: 1, leaving: false })
    expect(placeOf(seats, person(3))).toEqual({ is: 'none' })
  })

  it('who moves up has their place since then, and is due no sooner', () => {
    const back: Step = { who: 1, act: 'giveBack', decided: true }
    const [first] = seatsIn(1, factsOf([take(1), take(2)])).holders
    expect(first?.heldSince).toBe(1_000)
    const { holders } = seatsIn(1, factsOf([take(1), take(2), take(3), back]))
    expect(holders).toMatchObject([{ member: person(2), heldSince: 1_003, fact: { at: 1_001 } }])
    const book = emptyDuty()
    absorbDuty(book, [turnWith(1)])
    const [turn] = turnsOf(book)
    const late = holders[0] && { ...holders[0], heldSince: 5_000 }
    expect(turn && [dueAt(turn, first), dueAt(turn, late)]).toEqual([2_000, 5_000])
  })

  it('sent is not decided: without an order number it waits', () => {
    const [fact] = factsOf([take(1, false)])
    expect(placeOf(seatsIn(1, fact ? [{ ...fact, state: 'sent' }] : []), person(1))).toEqual({ is: 'asked' })
  })

  it('what the centre has put aside is not waited for, also when that is settled', () => {
    const [claim] = factsOf([{ who: 1, act: 'take', decided: false }])
    const told = (facts: readonly Fact[]) => placeOf(seatsIn(1, facts), person(1))
    expect(told(claim ? [claim] : [])).toEqual({ is: 'asked' })
    expect(told(claim ? [{ ...claim, state: 'attention' }] : [])).toEqual({ is: 'none' })
    expect(told(claim ? [{ ...claim, state: 'sent', aside: true }] : [])).toEqual({ is: 'none' })
    expect(told(claim ? [{ ...claim, state: 'sent', aside: true, seq: 7 }] : [])).toMatchObject({
      is: 'mine',
    })
  })

  it('free places leave out those that somebody has asked for on this phone', () => {
    const book = emptyDuty()
    const facts = factsOf([take(1), take(2, false)])
    absorbDuty(book, [turnWith(3), ...facts])
    const [turn] = turnsOf(book)
    expect(turn && freePlaces(turn, seatsIn(3, facts))).toBe(1)
  })
})
