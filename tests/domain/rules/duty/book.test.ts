import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  absorbDuty,
  cameAt,
  emptyDuty,
  seatFacts,
  stayOf,
  staysOf,
  turnsOf,
} from '../../../../src/domain/rules/duty/book.ts'
import { dutyFact, idOf } from './facts.ts'

const [post, person] = [idOf(10), idOf(11)]
const turn = dutyFact('shift', { post, starts: 2_000, ends: 9_000, heads: 1 })
const came = dutyFact('checkIn', { post, member: person, name: '张三', way: 'printed', shift: turn.id })
const left = dutyFact('checkOut', { checkIn: came.id, post, member: person, way: 'printed' })
const seen = dutyFact('vouch', { checkIn: came.id, name: '李四' })
const taken = dutyFact('claim', { shift: turn.id, member: person, name: '张三', act: 'take' })
const moved = dutyFact('shiftChange', { target: turn.id, patch: { ends: 8_000 } })
const earlier = dutyFact('amendment', { target: came.id, patch: { came: 1_500 }, why: 'mistake' })
const cheeky = dutyFact('amendment', { target: turn.id, retract: true })
const all = [turn, came, left, seen, taken, moved, earlier, cheeky]

const bookOf = (facts: typeof all) => {
  const book = emptyDuty()
  absorbDuty(book, facts)
  return book
}

describe('the duty book', () => {
  it('reads the same whatever the order and however often facts come ([FD1])', () => {
    const expected = bookOf(all)
    const order = fc.shuffledSubarray([...all, ...all], { minLength: all.length * 2 })
    fc.assert(
      fc.property(order, (facts) => {
        const book = bookOf(facts)
        expect(turnsOf(book)).toEqual(turnsOf(expected))
        expect(staysOf(book)).toEqual(staysOf(expected))
        expect(seatFacts(book, turn.id)).toEqual([taken])
      }),
    )
  })

  it('a turn is changed by a coordinator only; both versions stay readable', () => {
    const [read] = turnsOf(bookOf(all))
    expect(read?.body.ends).toBe(8_000)
    expect(read?.fact.body.ends).toBe(9_000)
    expect(read?.corrections.map((c) => c.id)).toEqual([moved.id])
  })

  it('a check-in has its end, its witnesses and its corrected hour', () => {
    const stay = stayOf(bookOf(all), came.id)
    expect(stay?.outs.map((out) => out.fact.id)).toEqual([left.id])
    expect(stay?.vouches).toEqual([seen])
    expect(stay && cameAt(stay)).toBe(1_500)
  })

  it('what was taken back is gone from what is read, and a later word brings it back', () => {
    const back = dutyFact('amendment', { target: came.id, retract: true })
    const book = bookOf([...all, back])
    expect(staysOf(book)).toEqual([])
    absorbDuty(book, [dutyFact('amendment', { target: came.id, retract: false })])
    expect(staysOf(book)).toHaveLength(1)
  })

  it('leaves out what this version cannot read', () => {
    const book = bookOf([dutyFact('shift', { post: 'nowhere' }), dutyFact('plea', { about: post })])
    expect([turnsOf(book), staysOf(book)]).toEqual([[], []])
  })
})
