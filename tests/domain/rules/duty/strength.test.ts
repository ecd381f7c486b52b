import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { absorbDuty, emptyDuty, stayOf, type Stay } from '../../../../src/domain/rules/duty/book.ts'
import { minutesOf } from '../../../../src/domain/rules/duty/hours.ts'
import { isConfirmed, strengthOf, witnessesOf } from '../../../../src/domain/rules/duty/strength.ts'
import { dutyFact, idOf } from './facts.ts'
import { hour, me, other, plans, stayFrom } from './random.ts'

describe('strength', () => {
  it('nobody confirms their own: by hand, as a leader, as a peer or by a vouch', () => {
    fc.assert(
      fc.property(plans, (plan) => {
        const own = { ...plan, by: me, vouched: [me] }
        const { stay } = stayFrom(own)
        const proven = plan.way === 'rotating' || plan.position === 'inside'
        expect(isConfirmed(strengthOf(stay))).toBe(proven)
        expect(witnessesOf(stay)).toEqual([])
      }),
    )
  })

  it('somebody else’s word lifts what was weak and lowers nothing', () => {
    fc.assert(
      fc.property(plans, (plan) => {
        const alone = strengthOf(stayFrom({ ...plan, vouched: [] }).stay)
        const vouched = strengthOf(stayFrom({ ...plan, vouched: [other] }).stay)
        expect(isConfirmed(vouched)).toBe(true)
        if (isConfirmed(alone) && alone !== 'byHand') expect(vouched).toBe(alone)
      }),
    )
  })

  it.each([
    ['rotating', undefined, 'rotating'],
    ['rotating', 'outside', 'rotating'],
    ['printed', 'inside', 'position'],
    ['printed', 'outside', 'outside'],
    ['printed', 'unknown', 'unconfirmed'],
    ['printed', undefined, 'unconfirmed'],
    ['typed', 'inside', 'position'],
  ] as const)('%s with position %s is %s', (way, position, expected) => {
    const [plan] = fc.sample(plans, { numRuns: 1, seed: 1 })
    if (!plan) throw new Error('no plan')
    expect(strengthOf(stayFrom({ ...plan, way, position, by: me, vouched: [] }).stay)).toBe(expected)
  })

  it.each([
    ['leader', 'vouched'],
    ['card', 'vouched'],
    ['hand', 'byHand'],
    ['paper', 'byHand'],
  ] as const)('%s by another is %s', (way, expected) => {
    const [plan] = fc.sample(plans, { numRuns: 1, seed: 1 })
    if (!plan) throw new Error('no plan')
    const made = { ...plan, way, position: undefined, by: other, vouched: [] }
    expect(strengthOf(stayFrom(made).stay)).toBe(expected)
  })

  it('a rotating code or card that does not hold proves nothing', () => {
    const [plan] = fc.sample(plans, { numRuns: 1, seed: 1 })
    if (!plan) throw new Error('no plan')
    const context = { proofHolds: () => false }
    const rotating = stayFrom({ ...plan, way: 'rotating', position: undefined, by: me, vouched: [] })
    expect(strengthOf(rotating.stay, context)).toBe('unproven')
    const card = stayFrom({ ...plan, way: 'card', position: undefined, by: other, vouched: [] })
    expect(strengthOf(card.stay, context)).toBe('unproven')
    expect(isConfirmed('unproven')).toBe(false)
  })
})

describe('what somebody says of their own hours', () => {
  const [post, starts] = [idOf(10), Date.UTC(2026, 4, 3, 8)]
  const turn = dutyFact('shift', { post, starts, ends: starts + 4 * hour, heads: 1 })
  const body = { post, member: me, name: '样本', way: 'rotating', shift: turn.id }
  const came = dutyFact('checkIn', body, { at: starts, by: me })
  const stayWith = (...facts: ReturnType<typeof dutyFact>[]): [Stay, boolean] => {
    const book = emptyDuty()
    absorbDuty(book, [turn, came, ...facts])
    const stay = stayOf(book, came.id)
    if (!stay) throw new Error('the stay is not readable')
    const { confirmed } = minutesOf(stay, book.turns.get(turn.id), starts + 99 * hour)
    return [stay, confirmed]
  }
  const left = (hours: number) =>
    dutyFact('checkOut', { checkIn: came.id, post, way: 'hand', left: starts + hours * hour }, { by: me })
  const earlier = (by: string) =>
    dutyFact('amendment', { target: came.id, patch: { came: starts - hour, way: 'rotating' } }, { by })

  it('counts as far as their turn reaches and waits for another’s word beyond it', () => {
    expect(stayWith(left(3))[1]).toBe(true)
    expect(stayWith(left(5))[1]).toBe(false)
    expect(stayWith(left(5), dutyFact('vouch', { checkIn: came.id, name: '见证' }, { by: other }))[1]).toBe(
      true,
    )
  })

  it('an earlier arrival counts when another says it, or says yes to it afterwards', () => {
    expect(stayWith(earlier(me))[1]).toBe(false)
    expect(stayWith(earlier(other))[1]).toBe(true)
    const before = dutyFact('vouch', { checkIn: came.id, name: '见证' }, { by: other })
    const mine = earlier(me)
    expect(stayWith(before, mine)[1]).toBe(false)
    expect(stayWith(mine, dutyFact('vouch', { checkIn: came.id, name: '见证' }, { by: other }))[1]).toBe(true)
  })

  it('an amendment can’t make the evidence better than it was', () => {
    const weak = dutyFact('checkIn', { ...body, way: 'printed' }, { at: starts, by: me })
    const book = emptyDuty()
    const patch = { way: 'rotating', position: 'inside' }
    absorbDuty(book, [weak, dutyFact('amendment', { target: weak.id, patch }, { by: me })])
    const stay = stayOf(book, weak.id)
    expect(stay && strengthOf(stay)).toBe('unconfirmed')
  })
})
