import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Load, type Ticket } from '../../../src/server/http/load.ts'

const kb = 1024

describe('what is under way', () => {
  it('never holds more calls, nor more bytes at the door, than the limits; all of it is given back', () => {
    const step = fc.oneof(
      fc.record({ enter: fc.integer({ min: 0, max: 400 * kb }) }),
      fc.record({ leave: fc.nat(20) }),
    )
    fc.assert(
      fc.property(fc.array(step, { maxLength: 100 }), (steps) => {
        const load = new Load({ calls: 5, bytes: 1000 * kb })
        const inside: { ticket: Ticket; cost: number }[] = []
        const bytes = () => inside.reduce((sum, { cost }) => sum + cost, 0)
        for (const one of steps) {
          if ('leave' in one) for (const { ticket } of inside.splice(one.leave, 1)) ticket.leave()
          else {
            const cost = Math.max(one.enter, 8 * kb)
            const fits = inside.length < 5 && bytes() + cost <= 1000 * kb
            const ticket = load.enter(one.enter)
            expect(ticket !== null).toBe(fits)
            if (ticket) inside.push({ ticket, cost })
          }
        }
        for (const { ticket } of inside) ticket.leave()
        expect(load.enter(1000 * kb)).not.toBeNull()
      }),
    )
  })

  it('lets one alone in, whatever it carries, so that nobody is shut out for ever', () => {
    const load = new Load({ calls: 5, bytes: 10 * kb })
    const alone = load.enter(100 * kb)
    expect(alone).not.toBeNull()
    expect(load.enter(1)).toBeNull()
    alone?.leave()
    alone?.leave()
    expect(load.enter(10 * kb)).not.toBeNull()
  })

  it('says when something has grown beyond the room, and counts it until it leaves', () => {
    const load = new Load({ calls: 5, bytes: 100 * kb })
    const [first, second] = [load.enter(40 * kb), load.enter(40 * kb)]
    expect(first?.add(10 * kb)).toBe(true)
    expect(second?.add(20 * kb)).toBe(false)
    expect(load.enter(1)).toBeNull()
    second?.leave()
    expect(load.enter(1)).not.toBeNull()
  })

  it('holds nothing for one that has left, even where its work grows only then', () => {
    const load = new Load({ calls: 5, bytes: 100 * kb })
    const gone = load.enter(40 * kb)
    gone?.leave()
    expect(gone?.add(500 * kb)).toBe(true)
    gone?.leave()
    expect(load.hasRoom).toBe(true)
    const whole = load.enter(100 * kb)
    expect(load.hasRoom).toBe(true)
    whole?.leave()
    expect([load.enter(50 * kb), load.enter(50 * kb)]).not.toContain(null)
  })
})
