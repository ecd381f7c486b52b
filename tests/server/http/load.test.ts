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

describe('what is still on its way', () => {
  it('counts by what has come of it, and as a call once it is whole', () => {
    const load = new Load({ calls: 2, bytes: 1000 * kb })
    const coming = Array.from({ length: 20 }, () => load.open(() => undefined, 0))
    expect(coming).not.toContain(null)
    expect(load.enter(800 * kb)).not.toBeNull()
    expect(coming[0]?.came(30 * kb, 1)).toBe(true)
    expect(coming[0]?.came(30 * kb, 2)).toBe(false)
    coming[0]?.leave()
    expect([coming[1]?.whole(), coming[2]?.whole()]).toEqual([true, false])
  })

  it('grows when others that are under way have left room, and not at all where none are', async () => {
    const load = new Load({ calls: 9, bytes: 100 * kb })
    const [first, second] = [load.open(() => undefined, 0), load.open(() => undefined, 0)]
    first?.came(60 * kb, 1)
    expect(await second?.grow(50 * kb)).toBe(false)
    second?.leave()
    expect(first?.whole()).toBe(true)
    const late = load.open(() => undefined, 2)
    const order: string[] = []
    const grows = late?.grow(50 * kb).then((fits) => void order.push(`grown: ${fits}`))
    await Promise.resolve()
    order.push('the first leaves')
    first?.leave()
    await grows
    expect(order).toEqual(['the first leaves', 'grown: true'])
  })

  it('is let in alone, whatever it carries', () => {
    const load = new Load({ calls: 1, bytes: 10 * kb })
    const alone = load.open(() => undefined, 0)
    expect(alone?.came(100 * kb, 1)).toBe(true)
    expect(alone?.whole()).toBe(true)
    expect(load.open(() => undefined, 2)).toBeNull()
    alone?.leave()
    expect(load.open(() => undefined, 3)).not.toBeNull()
  })

  it('gives way where it has been silent for long and others need its room, the longest silent first', () => {
    const load = new Load({ calls: 9, bytes: 100 * kb })
    const cut: string[] = []
    const open = (name: string, now: number) => {
      const ticket = load.open(() => cut.push(name), now)
      ticket?.came(22 * kb, now)
      return ticket
    }
    open('first', 0)
    const lively = open('second', 1)
    open('third', 2)
    lively?.came(1, 9_000)
    const late = load.open(() => cut.push('late'), 9_001)
    expect([late?.came(5 * kb, 9_002), cut]).toEqual([true, ['first']])
    expect([late?.came(30 * kb, 9_003), cut]).toEqual([true, ['first', 'third']])
    expect([late?.came(60 * kb, 9_004), cut]).toEqual([false, ['first', 'third']])
  })

  it('never holds more than the limit when all that was refused has left; all of it is given back', () => {
    const step = fc.record({
      who: fc.nat(8),
      bytes: fc.integer({ min: 0, max: 300 * kb }),
      pause: fc.nat(4000),
    })
    fc.assert(
      fc.property(fc.array(step, { maxLength: 80 }), (steps) => {
        const load = new Load({ calls: 3, bytes: 500 * kb })
        const inside = new Map<number, Ticket>()
        let now = 0
        for (const { who, bytes, pause } of steps) {
          now += pause
          const ticket = inside.get(who) ?? load.open(() => void inside.delete(who), now)
          if (!ticket) continue
          inside.set(who, ticket)
          if (ticket.came(bytes, now)) continue
          ticket.leave()
          inside.delete(who)
          expect(load.hasRoom || inside.size === 1).toBe(true)
        }
        for (const ticket of inside.values()) ticket.leave()
        expect(load.enter(500 * kb)).not.toBeNull()
      }),
    )
  })
})
