import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Fact } from '../../../../src/domain/entry.ts'
import { absorbDuty, emptyDuty, staysOf } from '../../../../src/domain/rules/duty/book.ts'
import { countedOf } from '../../../../src/domain/rules/duty/counted.ts'
import { minutesOf, sumOf } from '../../../../src/domain/rules/duty/hours.ts'
import { dutyFact, idOf } from './facts.ts'

const start = 1_800_000_000_000
const minute = 60_000
const now = start + 3_000 * minute
const none = () => undefined
const aStay = fc.record({
  from: fc.integer({ min: 0, max: 600 }),
  lasts: fc.integer({ min: 0, max: 300 }),
  way: fc.constantFrom('printed', 'rotating', 'leader'),
  post: fc.constantFrom(idOf(11), idOf(12)),
})
type Made = typeof aStay extends fc.Arbitrary<infer T> ? T : never

function staysFrom(list: readonly Made[], member: string | undefined) {
  const facts = list.flatMap(({ from, lasts, way, post }): Fact[] => {
    const body = { post, name: '样本', way, ...(member === undefined ? {} : { member }) }
    const came = dutyFact('checkIn', body, { at: start + from * minute, ...(member ? { by: member } : {}) })
    const out = { checkIn: came.id, post, way: 'printed' }
    return [came, dutyFact('checkOut', out, { at: start + (from + lasts) * minute })]
  })
  const book = emptyDuty()
  absorbDuty(book, facts)
  return staysOf(book)
}
const added = (list: readonly Made[], member?: string): number => {
  const { confirmed, unconfirmed } = sumOf([...countedOf(staysFrom(list, member), none, now).values()])
  return confirmed + unconfirmed
}

describe('hours that are added up', () => {
  it('are exactly the time that a person was signed in anywhere, however often', () => {
    fc.assert(
      fc.property(fc.array(aStay, { maxLength: 6 }), (list) => {
        const there = new Set(
          list.flatMap(({ from, lasts }) => Array.from({ length: lasts }, (_, n) => from + n)),
        )
        expect(added(list, idOf(20))).toBe(there.size)
      }),
    )
  })

  it('keep what is confirmed whole as far as another confirmed stay does not cover it', () => {
    const printed = { from: 0, lasts: 120, way: 'printed', post: idOf(11) } as const
    const seen = { from: 60, lasts: 120, way: 'rotating', post: idOf(11) } as const
    const sum = sumOf([...countedOf(staysFrom([printed, seen], idOf(20)), none, now).values()])
    expect(sum).toMatchObject({ confirmed: 120, unconfirmed: 60 })
  })

  it('of people without a membership are as they were written down', () => {
    const stay = { from: 0, lasts: 60, way: 'leader', post: idOf(11) } as const
    expect(added([stay, stay])).toBe(120)
    expect(staysFrom([stay], undefined).map((one) => minutesOf(one, undefined, now).minutes)).toEqual([60])
  })
})
