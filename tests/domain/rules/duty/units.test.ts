import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { dayAfter, dayStart } from '../../../../src/domain/rules/boardDays.ts'
import { absorbDuty, emptyDuty, staysOf } from '../../../../src/domain/rules/duty/book.ts'
import {
  cameByUnit,
  daysBack,
  membersOfUnits,
  unitRows,
  type UnitDoc,
} from '../../../../src/domain/rules/duty/units.ts'
import { dutyFact, idOf } from './facts.ts'

const zone = 'Europe/Berlin'
const day = 86_400_000
/** The day on which clocks in Berlin go back. */
const now = Date.UTC(2026, 9, 25, 11)
const today = dayStart(now, zone)
const days = daysBack(today, dayAfter(today, zone), 7, zone)
const [firm, team, school, ann] = [idOf(40), idOf(41), idOf(42), idOf(43)]
const units: UnitDoc[] = [
  { id: firm, body: { type: 'firm', name: 'Sample firm', daily: true, heads: 10, members: [ann] } },
  { id: team, body: { type: 'team', name: 'Sample team', parent: firm } },
  { id: school, body: { type: 'school', name: 'Sample school', daily: true } },
]
const signs = (unit: string, at: number, heads: number, names: object[] = []) =>
  dutyFact('unitSignIn', { unit, heads, names, way: 'typed' }, { at })
const bookOf = (...facts: ReturnType<typeof dutyFact>[]) => {
  const book = emptyDuty()
  absorbDuty(book, facts)
  return book
}

describe('daily sign-in of units', () => {
  it('knows who has come every day and who is missing today, missing ones first', () => {
    const every = days.map(({ from }) => signs(firm, from + 9 * 3_600_000, 3))
    const rows = unitRows(units, bookOf(...every, signs(school, now - day, 5)).units.values(), days)
    expect(rows.map(({ unit }) => unit.id)).toEqual([school, firm, team])
    expect(rows.map(({ everyDay, missingToday }) => [everyDay, missingToday])).toEqual([
      [false, true],
      [true, false],
      [null, false],
    ])
  })

  it('keeps heads apart from named people, and counts a member once a day', () => {
    const names = [{ name: '示例', member: ann }, { name: '样本' }]
    const book = bookOf(signs(firm, now, 4, names), signs(firm, now + 1, 2, [{ name: '示例', member: ann }]))
    const [row] = unitRows(units.slice(0, 1), book.units.values(), days)
    expect(row?.days.at(-1)?.brought).toMatchObject({ heads: 6, named: 2 })
  })

  it('a team’s sign-in is its unit’s as well; what was taken back is none', () => {
    const mine = signs(team, now, 2)
    const undone = signs(school, now, 9)
    const book = bookOf(mine, undone, dutyFact('amendment', { target: undone.id, retract: true }))
    const rows = new Map(unitRows(units, book.units.values(), days).map((row) => [row.unit.id, row]))
    expect(rows.get(firm)?.days.at(-1)?.brought?.heads).toBe(2)
    expect(rows.get(team)?.days.at(-1)?.brought?.heads).toBe(2)
    expect(rows.get(school)?.missingToday).toBe(true)
  })

  it('each sign-in of the days stands in exactly one day, whatever the clocks did', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 7 * 24 * 60 }), { maxLength: 30 }), (minutes) => {
        const [first] = days
        const book = bookOf(...minutes.map((m) => signs(firm, (first?.from ?? 0) + m * 60_000, 1)))
        const [row] = unitRows(units.slice(0, 1), book.units.values(), days)
        const shown = row?.days.flatMap(({ brought }) => brought?.signIns.map((s) => s.fact.id) ?? []) ?? []
        expect(new Set(shown).size).toBe(shown.length)
        expect(shown).toHaveLength(minutes.length)
      }),
    )
  })
})

describe('people of units', () => {
  it('are known by what they said when they came, else by the unit’s list; a team’s list goes first', () => {
    const lists = membersOfUnits([
      ...units,
      { id: team, body: { type: 'team', name: '', parent: firm, members: [ann] } },
    ])
    expect(lists.get(ann)).toBe(team)
    const came = (body: object) =>
      dutyFact('checkIn', { post: idOf(1), name: '示例', way: 'typed', ...body }, { at: now })
    const [own, said, neither] = [came({ member: ann }), came({ unit: team }), came({})]
    const found = cameByUnit(staysOf(bookOf(own, said, neither)), units, { from: today, to: now + 1 })
    expect(found.get(firm)).toEqual([own.id, said.id])
    expect(found.get(team)).toEqual([said.id])
  })
})
