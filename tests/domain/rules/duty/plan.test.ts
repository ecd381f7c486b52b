import fc from 'fast-check'
import * as v from 'valibot'
import { describe, expect, it } from 'vitest'
import { Shift } from '../../../../src/domain/kinds/shift.ts'
import { absorbDuty, emptyDuty, turnsOf, type Turn } from '../../../../src/domain/rules/duty/book.ts'
import {
  copiedWeek,
  plannedDays,
  plannedShifts,
  spanOn,
  splitHours,
  type TurnPlan,
} from '../../../../src/domain/rules/duty/plan.ts'
import { addDays, mondayOf } from '../../../../src/domain/rules/localMoment.ts'
import { clockMinutes, localTime } from '../../../../src/domain/rules/localTime.ts'
import { dutyFact, idOf } from './facts.ts'

const berlin = 'Europe/Berlin'
const hourMs = 3_600_000
const plan: TurnPlan = {
  posts: [idOf(10)],
  spans: [
    { from: '08:00', to: '20:00' },
    { from: '20:00', to: '08:00' },
  ],
  first: '2026-10-24',
  last: '2026-10-26',
  repeat: 'daily',
  weekdays: [],
  heads: 2,
  skills: [],
  note: '',
}

function turnsFrom(shifts: readonly Shift[]): Turn[] {
  const book = emptyDuty()
  absorbDuty(
    book,
    shifts.map((shift) => dutyFact('shift', { ...shift })),
  )
  return turnsOf(book)
}

const zone = fc.constantFrom('Asia/Shanghai', berlin, 'America/New_York', 'UTC')
const day = fc.integer({ min: 0, max: 3_000 }).map((n) => addDays('2024-01-01', n))
const clock = fc
  .integer({ min: 0, max: 1439 })
  .map((m) => `${String(Math.floor(m / 60)).padStart(2, '0')}:${String(m % 60).padStart(2, '0')}`)

describe('planning turns', () => {
  it('day and night keep their local times over the night on which clocks go back', () => {
    const { made } = plannedShifts(plan, [], berlin)
    expect(made.map((s) => localTime(s.starts, berlin).minute)).toEqual([480, 1200, 480, 1200, 480, 1200])
    expect(made.map((s) => (s.ends - s.starts) / hourMs)).toEqual([12, 13, 12, 12, 12, 12])
  })

  it('any span on any day has an end after its start, at its local times', () => {
    fc.assert(
      fc.property(day, clock, clock, zone, (on, from, to, where) => {
        const { starts, ends } = spanOn(on, { from, to }, where)
        expect(ends).toBeGreaterThan(starts)
        expect(ends - starts).toBeLessThanOrEqual(25 * hourMs)
        expect(v.is(Shift, { post: idOf(10), starts, ends, heads: 1 })).toBe(true)
        // Clocks jump by at most an hour, and only there the time shown is another one.
        const shown = localTime(starts, where)
        expect(shown.day).toBe(on)
        expect([0, 60]).toContain(shown.minute - clockMinutes(from))
      }),
    )
  })

  it('weekly means the chosen weekdays, or that of the first day, up to the last one', () => {
    const weekly = { ...plan, first: '2026-11-23', last: '2026-12-06', repeat: 'weekly' as const }
    expect(plannedDays(weekly)).toEqual(['2026-11-23', '2026-11-30'])
    expect(plannedDays({ ...weekly, weekdays: [5, 6] })).toEqual([
      '2026-11-28',
      '2026-11-29',
      '2026-12-05',
      '2026-12-06',
    ])
    expect(plannedDays({ ...weekly, repeat: 'once' })).toEqual(['2026-11-23'])
    expect(plannedDays({ ...plan, last: '2030-01-01' })).toHaveLength(61)
    expect(plannedDays({ ...plan, last: '2020-01-01' })).toEqual([])
  })

  it('done twice doubles nothing', () => {
    const { made } = plannedShifts(plan, [], berlin)
    expect(plannedShifts(plan, turnsFrom(made), berlin)).toEqual({ made: [], there: 6 })
    const twice = { ...plan, spans: [...plan.spans, ...plan.spans] }
    expect(plannedShifts(twice, [], berlin).made).toHaveLength(6)
  })
})

describe('copying a week', () => {
  it('keeps post, heads and local times, whatever clocks do between, and doubles nothing', () => {
    const weeks = fc.integer({ min: -5, max: 30 }).filter((n) => n !== 0)
    fc.assert(
      fc.property(day, clock, clock, zone, weeks, (on, from, to, where, n) => {
        const turns = turnsFrom([
          { post: idOf(10), heads: 3, note: '备注', ...spanOn(on, { from, to }, where) },
        ])
        const monday = mondayOf(on)
        const target = addDays(monday, 7 * n)
        const { made } = copiedWeek(turns, monday, target, where)
        expect(made).toHaveLength(1)
        const [copy] = made
        if (!copy) return
        expect(copy.shift).toMatchObject({ post: idOf(10), heads: 3, note: '备注' })
        expect(mondayOf(localTime(copy.shift.starts, where).day)).toBe(target)
        expect(copy.shift.ends).toBeGreaterThan(copy.shift.starts)
        const again = copiedWeek([...turns, ...turnsFrom([copy.shift])], monday, target, where)
        expect(again).toEqual({ made: [], there: 1 })
      }),
    )
  })

  it('leaves other weeks alone: a night turn belongs to the week in which it starts', () => {
    const sunday = spanOn('2026-11-22', { from: '20:00', to: '08:00' }, 'Asia/Shanghai')
    const turns = turnsFrom([{ post: idOf(10), heads: 1, ...sunday }])
    expect(copiedWeek(turns, '2026-11-16', '2026-11-23', 'Asia/Shanghai').made).toHaveLength(1)
    expect(copiedWeek(turns, '2026-11-23', '2026-11-30', 'Asia/Shanghai').made).toHaveLength(0)
  })
})

describe('what is there already', () => {
  const plan = {
    ...{
      posts: [idOf(10)],
      spans: [{ from: '08:00', to: '20:00' }],
      first: '2026-11-23',
      last: '2026-11-23',
    },
    ...{ repeat: 'once' as const, weekdays: [], heads: 1, note: '' },
  }
  const zone = 'Asia/Shanghai'

  it('is told apart by the skills that are asked for, in whatever order', () => {
    const { made } = plannedShifts({ ...plan, skills: ['护理', '英语'] }, [], zone)
    const known = turnsFrom(made)
    expect(plannedShifts({ ...plan, skills: ['英语', '护理'] }, known, zone).there).toBe(1)
    expect(plannedShifts({ ...plan, skills: ['英语'] }, known, zone).made).toHaveLength(1)
    expect(plannedShifts({ ...plan, skills: [] }, known, zone).made).toHaveLength(1)
  })
})

describe('a post’s hours in parts', () => {
  it('cover all of them without a gap', () => {
    const hours = fc.record({ opens: clock, closes: clock })
    fc.assert(
      fc.property(hours, fc.integer({ min: 1, max: 4 }), ({ opens, closes }, parts) => {
        const spans = splitHours({ opens, closes }, parts)
        expect(spans[0]?.from).toBe(opens)
        expect(spans.at(-1)?.to).toBe(closes)
        for (const [n, span] of spans.entries()) if (n > 0) expect(span.from).toBe(spans[n - 1]?.to)
      }),
    )
    expect(splitHours({}, 3).map((s) => s.from)).toEqual(['08:00', '16:00', '00:00'])
  })
})
