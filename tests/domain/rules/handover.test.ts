import { describe, expect, it } from 'vitest'
import type { Fact } from '../../../src/domain/entry.ts'
import { gateSettings } from '../../../src/domain/rules/gate.ts'
import { frequentPeople, seenPlates } from '../../../src/domain/rules/frequent.ts'
import { handovers, handoverSheet, shiftSince, stays } from '../../../src/domain/rules/handover.ts'
import { absorb, emptyLedger } from '../../../src/domain/rules/ledger.ts'
import { isOver } from '../../../src/domain/rules/overstay.ts'
import { toRepeat } from '../../../src/domain/rules/repeat.ts'
import { search } from '../../../src/domain/rules/search.ts'
import { correction, east, fact, person, vehicle, west } from './gateFacts.ts'

const minute = 60_000
const gateOf = () => gateSettings({ visitorMinutes: 60, deliveryMinutes: 15 })

function ledgerOf(...facts: Fact[]) {
  const ledger = emptyLedger()
  absorb(ledger, facts)
  return ledger
}

const at = (minutes: number) => ({ at: minutes * minute })
const fever = { celsius: 37.8, advice: ['fever'], decision: 'refuse', reason: 'fever' }

describe('overstays', () => {
  const ledger = ledgerOf(
    person('in', { purpose: 'visitor', name: '刘一' }, at(0)),
    vehicle('in', '甘FA1166', { purpose: 'delivery' }, at(50)),
    person('in', { purpose: 'resident', home: '1-1-101' }, at(0)),
  )
  it('come first, the longest due first; residents may stay', () => {
    const found = stays(ledger, gateOf, 70 * minute)
    expect(found.map((s) => s.overMinutes)).toEqual([10, 5, 0])
    expect(found.at(-1)?.due).toBeNull()
  })
  it('begin after the limit, not at it', () => {
    const [stay] = stays(ledger, gateOf, 60 * minute)
    expect(stay && isOver(stay, 60 * minute)).toBe(false)
    expect(stay && isOver(stay, 60 * minute + 1)).toBe(true)
  })
})

describe('readings to repeat', () => {
  const high = person('in', { home: '3-2-501', name: '张三', ...fever }, at(1))
  it('are high ones without a later one, and name nobody in full', () => {
    const [open] = toRepeat(ledgerOf(high), 0)
    expect(open).toMatchObject({ id: high.id, celsius: 37.8, label: '3-2-501 张*' })
  })
  it('are settled by a reading that points at them, or of the same home and name', () => {
    const about = fact('reading', { post: east, celsius: 36.6, fever: false, about: high.id }, at(20))
    expect(toRepeat(ledgerOf(high, about), 0)).toEqual([])
    const again = person('in', { home: '3号楼2单元501', name: '张*', celsius: 36.6 }, at(20))
    expect(toRepeat(ledgerOf(high, again), 0)).toEqual([])
  })
  it('are settled by what points at them though the clock of its phone be hours behind', () => {
    const late = { ...high, at: 300 * minute }
    const about = fact('reading', { post: west, celsius: 36.6, fever: false, about: high.id }, at(20))
    expect(toRepeat(ledgerOf(late, about), 0)).toEqual([])
    const higher = fact('reading', { post: west, celsius: 38.6, fever: true, about: high.id }, at(20))
    expect(toRepeat(ledgerOf(late, higher), 0).map((r) => r.celsius)).toEqual([38.6])
  })
  it('give way to a later high one', () => {
    const again = fact('reading', { post: east, celsius: 38.1, fever: true, about: high.id }, at(20))
    expect(toRepeat(ledgerOf(high, again), 0).map((r) => r.celsius)).toEqual([38.1])
  })
  it('are gone when the entry was taken back', () => {
    expect(toRepeat(ledgerOf(high, correction(high, { retract: true }, at(2))), 0)).toEqual([])
  })
})

describe('handing over', () => {
  const first = fact('handover', handoverBody(), { ...at(100) })
  function handoverBody() {
    return {
      post: east,
      from: '王',
      since: 0,
      peopleInside: 0,
      vehiclesInside: 0,
      overstays: 0,
      repeat: [],
      unsent: 0,
      logged: 0,
    }
  }
  it('says what is still inside, what to repeat, and how much was logged since the last handover', () => {
    const ledger = ledgerOf(
      person('in', { home: '1-1-101' }, at(1)),
      first,
      person('in', { purpose: 'visitor', heads: 2 }, at(110)),
      vehicle('in', '京A12345', {}, at(111)),
      person('in', { home: '3-2-501', name: '张三', ...fever }, at(112)),
      person('in', { home: '9-9-909', post: west }, at(113)),
    )
    const sheet = handoverSheet(ledger, {
      post: east,
      from: '王',
      gateOf,
      now: 200 * minute,
      unsent: 4,
      note: ' ',
    })
    expect(sheet).toEqual({
      post: east,
      from: '王',
      since: 100 * minute,
      peopleInside: 4,
      vehiclesInside: 1,
      overstays: 1,
      repeat: ['3-2-501 张* 37.8'],
      unsent: 4,
      logged: 3,
    })
  })
  it('does not count what was taken back', () => {
    const undone = person('in', { home: '1-1-101' }, at(110))
    const again = person('in', { home: '1-1-102' }, at(111))
    const ledger = ledgerOf(first, undone, correction(undone, { retract: true }, at(110)), again)
    const sheet = { post: east, from: '王', gateOf, now: 120 * minute, unsent: 0, note: '' }
    expect(handoverSheet(ledger, sheet)).toMatchObject({ logged: 1, peopleInside: 1 })
  })
  it('waits for the next guard, gate by gate', () => {
    const ledger = ledgerOf(first)
    expect(handovers(ledger, east)[0]?.confirmed).toBeNull()
    expect(handovers(ledger, west)).toEqual([])
    absorb(ledger, [fact('handoverConfirmed', { post: east, handover: first.id, by: '马' }, at(101))])
    expect(handovers(ledger, east)[0]?.confirmed?.body.by).toBe('马')
  })
  it('is confirmed though the clock of the next guard’s phone be hours behind', () => {
    const confirmed = fact('handoverConfirmed', { post: east, handover: first.id, by: '马' }, at(1))
    expect(handovers(ledgerOf(first, confirmed), east)[0]?.confirmed?.body.by).toBe('马')
  })
  it('a shift without a handover before it begins with its first entry', () => {
    const ledger = ledgerOf(person('in', {}, at(5)), person('in', {}, at(9)))
    expect(shiftSince(ledger, east, 20 * minute)).toBe(5 * minute)
    expect(shiftSince(ledger, west, 20 * minute)).toBe(20 * minute)
  })
})

describe('search', () => {
  const car = vehicle('in', '甘FD21073', {}, at(1))
  const guest = person('in', { home: '3-2-501', name: '刘Ａnna', note: '送药' }, at(2))
  const ledger = ledgerOf(car, guest)
  const ids = (query: string) => search(ledger, query, 9).map((l) => l.fact.id)
  it.each(['甘F·D21', 'd2107', 'Ｄ２１０７'])('finds a plate by %s', (q) => expect(ids(q)).toEqual([car.id]))
  it.each(['3号楼2单元501', '３-２-５０１', '刘a', '送药', 'ANNA'])('finds a person by %s', (q) =>
    expect(ids(q)).toEqual([guest.id]),
  )
  it('finds what was first written and what it was corrected to', () => {
    absorb(ledger, [correction(car, { patch: { plate: '甘FD99999' } }, at(3))])
    expect(ids('99999')).toEqual([car.id])
    expect(ids('21073')).toEqual([car.id])
    expect(ids('nobody')).toEqual([])
    expect(ids('')).toHaveLength(2)
  })
})

describe('who comes often', () => {
  it('at this gate, the most frequent first', () => {
    const ledger = ledgerOf(
      person('in', { home: '1-1-101' }, at(1)),
      person('in', { home: '1-1-102' }, at(2)),
      person('out', { home: '1-1-101' }, at(3)),
      person('in', { home: '1-1-103', post: west }, at(4)),
    )
    expect(frequentPeople(ledger, east, 9).map((f) => [f.last.body.home, f.times])).toEqual([
      ['1-1-101', 2],
      ['1-1-102', 1],
    ])
  })
  it('plates: on the way out those inside come first, then the latest seen; typing narrows them', () => {
    const ledger = ledgerOf(
      vehicle('in', '甘FD21073', {}, at(1)),
      vehicle('in', '甘FA1166', {}, at(2)),
      vehicle('out', '甘FA1166', {}, at(3)),
    )
    const plates = (typed: string, way: 'in' | 'out') =>
      seenPlates(ledger, ['京A12345', '甘FD21073'], { typed, way, limit: 9 }).map((p) => p.plate)
    expect(plates('', 'out')).toEqual(['甘FD21073', '甘FA1166', '京A12345'])
    expect(plates('', 'in')).toEqual(['甘FA1166', '京A12345', '甘FD21073'])
    expect(plates('甘fd', 'out')).toEqual(['甘FD21073'])
    expect(plates('116', 'in')).toEqual(['甘FA1166'])
  })
})
