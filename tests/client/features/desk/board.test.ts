import { describe, expect, it } from 'vitest'
import { gateRows, totalsOf, type BoardInput } from '../../../../src/client/features/desk/board/figures.ts'
import { filterLog, logWhats, type LogFilter } from '../../../../src/client/features/desk/log/filter.ts'
import { readQuery, writeQuery } from '../../../../src/client/features/desk/log/query.ts'
import { spanBetween } from '../../../../src/client/features/desk/shared/exports.ts'
import { dayAfter, dayBefore, dayStart, hourMs } from '../../../../src/domain/rules/boardDays.ts'
import { gateSettings } from '../../../../src/domain/rules/gate.ts'
import { absorb, emptyLedger } from '../../../../src/domain/rules/ledger.ts'
import { localTime } from '../../../../src/domain/rules/localTime.ts'
import type { InstallInfo } from '../../../../src/protocol/api.ts'
import fc from 'fast-check'
import { vehicle } from '../../../domain/rules/gateFacts.ts'
import { community, now, sampleBooks, sampleGates, zone } from './facts.ts'

const books = sampleBooks()
const today = dayStart(now, zone)
const day = { from: today, to: dayAfter(today, zone) }
const input: BoardInput = {
  ...{ gates: sampleGates, books, installs: [], member: community, now, zone },
  from: dayBefore(today, zone),
}
const rows = gateRows(input)
const log = (filter: Partial<LogFilter>) =>
  filterLog(books, sampleGates, { gate: '', what: 'all', text: '', ...day, ...filter }, now)

describe('every figure of the board leads to exactly its entries', () => {
  const totals = totalsOf(rows)

  it('the community', () => {
    expect(log({ what: 'passage' })).toHaveLength(totals.today.passage)
    expect(log({ what: 'fever' })).toHaveLength(totals.today.fever)
    expect(log({ what: 'refused' })).toHaveLength(totals.today.refused)
    expect(log({ what: 'overstay' })).toHaveLength(totals.inside.overstays)
    expect(log({ what: 'inside' })).toHaveLength(totals.inside.people + totals.inside.vehicles)
    expect(totals.today.passage).toBeGreaterThan(100)
    expect(totals.inside.overstays).toBeGreaterThan(0)
  })

  it.each(sampleGates.map((gate) => gate.id))('gate %s', (gate) => {
    const row = rows.find((one) => one.gate.id === gate)
    expect(log({ gate, what: 'passage' })).toHaveLength(row?.figures.today.passage ?? -1)
    expect(log({ gate, what: 'fever' })).toHaveLength(row?.figures.today.fever ?? -1)
    expect(log({ gate, what: 'refused' })).toHaveLength(row?.figures.today.refused ?? -1)
    expect(log({ gate, what: 'overstay' })).toHaveLength(row?.inside.overstays ?? -1)
  })
})

describe('a car that was let in at two gates', () => {
  const [first, second] = sampleGates.filter((gate) => gate.logbook === sampleGates[0]?.logbook)
  const settings = gateSettings({ visitorMinutes: 60 })
  const gates = [first, second].flatMap((gate) => (gate ? [{ ...gate, settings }] : []))
  const car = (at: number, gate = first) =>
    vehicle('in', '甘FD21073', { post: gate?.id, purpose: 'visitor' }, { at, logbook: first?.logbook ?? '' })
  const ledger = emptyLedger()
  absorb(ledger, [car(now - 5 * hourMs), car(now - 4 * hourMs, second)])
  const its = new Map([[first?.logbook ?? '', ledger]])
  const found = gateRows({ ...input, gates, books: its })

  it.each(['inside', 'overstay'] as const)('%s: is in the list of the gate that counts it', (what) => {
    for (const { gate, inside } of found) {
      const filter = { ...{ gate: gate.id, what, text: '' }, ...day }
      const figure = what === 'inside' ? inside.vehicles : inside.overstays
      expect(filterLog(its, gates, filter, now)).toHaveLength(figure)
    }
    expect(found.map(({ gate, inside }) => [gate.id, inside.vehicles])).toContainEqual([first?.id, 1])
  })
})

describe('board rows', () => {
  const silent = sampleGates.find((gate) => gate.name === '北门')
  const phone = (unsent: number): InstallInfo => ({
    ...{ id: community, member: 'guard', name: '', device: '', enrolled: 0, received: 0, app: null },
    ...{ lastHeard: now, unsent, status: 'active' },
  })

  it('puts the silent gate first', () => {
    expect(rows[0]?.gate.name).toBe('北门')
    expect(rows[0]?.need).toBe('silent')
  })

  it('believes a guard’s phone that has nothing unsent, but not one that still holds entries, nor the desk’s own', () => {
    const heard = (install: InstallInfo, member: string) => {
      const renamed = new Map(books)
      const found = gateRows({ ...input, books: renamed, installs: [install], member })
      return found.find((row) => row.gate.id === silent?.id)?.need
    }
    const guard = (unsent: number) => ({ ...phone(unsent), member: community })
    expect(heard(guard(0), 'somebody else')).not.toBe('silent')
    expect(heard(guard(3), 'somebody else')).toBe('silent')
    expect(heard(guard(0), community)).toBe('silent')
  })
})

describe('the logbook’s filter', () => {
  it('finds by name, home and plate whatever else is set, and keeps what was searched for out of the address', () => {
    const plate = log({ what: 'vehicle' })[0]
    const text = String(plate?.body['plate'])
    expect(log({ text }).map((l) => l.fact.id)).toContain(plate?.fact.id)
    expect(log({ text: '没有这个人' })).toEqual([])
    const filter: LogFilter = { gate: '', what: 'all', text: '张示例', ...day }
    expect(JSON.stringify(writeQuery(filter, day))).not.toContain('张')
  })

  it('survives the address', () => {
    const filters = fc.record({
      gate: fc.constantFrom('', ...sampleGates.map((gate) => gate.id)),
      what: fc.constantFrom(...logWhats),
      way: fc.constantFrom('in' as const, 'out' as const, undefined),
      text: fc.constant(''),
      from: fc.integer({ min: 0 }),
      to: fc.integer({ min: 0 }),
    })
    fc.assert(
      fc.property(filters, (filter) => {
        const query = Object.fromEntries(
          Object.entries(writeQuery(filter, day)).map(([k, x]) => [k, String(x)]),
        )
        expect(readQuery(query, day)).toEqual(filter)
      }),
    )
  })

  it('reads nonsense as nothing asked', () => {
    expect(readQuery({ what: 'x', way: ['y'], from: 'z', gate: null }, day)).toEqual({
      ...{ gate: '', what: 'all', way: undefined, text: '', ...day },
    })
  })
})

describe('export days', () => {
  it('begin at the local midnight of the date that was chosen', () => {
    const zones = fc.constantFrom(
      'Asia/Shanghai',
      'America/New_York',
      'Pacific/Kiritimati',
      'Pacific/Pago_Pago',
    )
    const dates = fc.date({ min: new Date('2015-01-02'), max: new Date('2039-12-30'), noInvalidDate: true })
    fc.assert(
      fc.property(zones, dates, (where, date) => {
        const text = date.toISOString().slice(0, 10)
        const { from: start, to } = spanBetween({ first: text, last: text, format: 'csv' }, where)
        expect(localTime(to - 1, where).day).toBe(text)
        expect(localTime(to, where).day > text).toBe(true)
        expect(localTime(start, where).day).toBe(text)
        expect(localTime(start - 60_000, where).day < text).toBe(true)
      }),
    )
  })
})
