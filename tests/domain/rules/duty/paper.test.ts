import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { absorbDuty, cameAt, emptyDuty, staysOf } from '../../../../src/domain/rules/duty/book.ts'
import { endOf } from '../../../../src/domain/rules/duty/ending.ts'
import { minutesOf } from '../../../../src/domain/rules/duty/hours.ts'
import {
  paperDrafts,
  readClock,
  readPaperRow,
  type PaperRow,
  type PaperSheet,
} from '../../../../src/domain/rules/duty/paper.ts'
import { staffedBetween } from '../../../../src/domain/rules/duty/roster.ts'
import { localTime } from '../../../../src/domain/rules/localTime.ts'
import { dutyFact, idOf } from './facts.ts'

const [post, ann, bao, cai] = [idOf(10), idOf(21), idOf(22), idOf(23)]
const members = [
  { id: ann, name: '张样本甲' },
  { id: bao, name: '李样本乙' },
  { id: cai, name: '李样本乙' },
]
const sheet: PaperSheet = {
  ...{ day: '2026-11-20', zone: 'Asia/Shanghai', members },
  now: Date.UTC(2026, 10, 22, 4),
}
const row = (name: string, came: string, left = '', note = ''): PaperRow => ({ name, came, left, note })

describe('a time of day on paper', () => {
  it.each([
    ...([
      ['8', 480],
      ['830', 510],
      ['0830', 510],
      ['8:30', 510],
      ['８：３０', 510],
      ['8.30', 510],
    ] as const),
    ...([
      ['8点', 480],
      ['8点半', 510],
      ['20時15分', 1215],
      ['24:00', 1440],
      ['0', 0],
    ] as const),
  ])('%s', (text, minutes) => expect(readClock(text)).toBe(minutes))

  it.each(['', 'x', '25', '8:', '8:61', '24:01', '083', '12345', '-8'])('%s is none', (text) =>
    expect(readClock(text)).toBeNull(),
  )

  it('reads back whatever is written as hours and minutes', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1439 }), fc.constantFrom(':', '', '.', '点'), (minutes, sign) => {
        const [hours, rest] = [Math.floor(minutes / 60), String(minutes % 60).padStart(2, '0')]
        expect(readClock(`${hours}${sign}${rest}`)).toBe(minutes)
      }),
    )
  })
})

describe('a row of the sign-in sheet', () => {
  it('is empty, or an entry, or says field by field what is wrong', () => {
    expect(readPaperRow(row(' ', ''), sheet)).toEqual({ is: 'empty' })
    expect(readPaperRow(row('', 'x', 'y'), sheet)).toEqual({
      is: 'wrong',
      errors: { name: 'missing', came: 'unreadable', left: 'unreadable' },
    })
    expect(readPaperRow(row('张', ''), sheet)).toMatchObject({ errors: { came: 'missing' } })
    const today = { ...sheet, day: '2026-11-22' }
    expect(readPaperRow(row('张', '8', '13'), today)).toMatchObject({ errors: { left: 'future' } })
  })

  it('knows a member by a name that only one has; of two who are called so it asks nothing and keeps the name', () => {
    expect(readPaperRow(row('张样本甲', '8'), sheet)).toMatchObject({ entry: { member: ann } })
    const twice = readPaperRow(row('李样本乙', '8'), sheet)
    expect(twice).toMatchObject({ is: 'entry', entry: { name: '李样本乙' } })
    expect(twice).not.toHaveProperty('entry.member')
  })

  it('for any day, zone and hours: the clock of the place shows what was written, a night ends on the next day', () => {
    const zones = fc.constantFrom('Asia/Shanghai', 'Europe/Berlin', 'America/New_York', 'Australia/Lord_Howe')
    const dates = fc.date({ min: new Date('2026-01-02'), max: new Date('2026-12-30'), noInvalidDate: true })
    const minutes = fc.integer({ min: 0, max: 1439 })
    const text = (n: number) => `${Math.floor(n / 60)}:${String(n % 60).padStart(2, '0')}`
    fc.assert(
      fc.property(zones, dates, minutes, minutes, (zone, date, from, to) => {
        const day = date.toISOString().slice(0, 10)
        const read = readPaperRow(row('张', text(from), text(to)), { ...sheet, zone, day, now: Infinity })
        if (read.is !== 'entry') throw new Error('not read')
        const { came, left = 0 } = read.entry
        expect(localTime(came, zone).day).toBe(day)
        expect(left).toBeGreaterThanOrEqual(came - 3_600_000)
        // Where clocks jump, the hour that is not there is shown by another.
        const isShown = [came, left].every((at, i) => {
          const off = Math.abs(localTime(at, zone).minute - [from, to][i]!)
          return off <= 60
        })
        expect(isShown).toBe(true)
      }),
    )
  })
})

describe('what a row becomes', () => {
  it('is a check-in and a check-out with the paper’s times, on the turn that they had, measured by hand', () => {
    const starts = Date.UTC(2026, 10, 20, 0)
    const turn = dutyFact('shift', { post, starts, ends: starts + 4 * 3_600_000, heads: 1 })
    const seat = dutyFact('assignment', { shift: turn.id, member: ann, name: '张样本甲', act: 'assign' })
    const book = emptyDuty()
    absorbDuty(book, [turn, seat])
    const turns = staffedBetween(book, starts, starts + 1)
    const read = readPaperRow(row('张样本甲', '7:50', '1205', '带伞'), sheet)
    if (read.is !== 'entry') throw new Error('not read')
    const drafts = paperDrafts(read.entry, { logbook: turn.logbook, post, turns, id: idOf(77) })
    absorbDuty(
      book,
      drafts.map((draft) => dutyFact(draft.kind, draft.body, draft.id ? { id: draft.id } : {})),
    )
    const [stay] = staysOf(book)
    expect(stay && [cameAt(stay), endOf(stay, undefined, 0)?.at]).toEqual([
      starts - 10 * 60_000,
      starts + 245 * 60_000,
    ])
    expect(stay?.body).toMatchObject({ shift: turn.id, way: 'paper', note: '带伞', member: ann })
    expect(stay && minutesOf(stay, undefined, 0)).toMatchObject({ minutes: 255, measured: 'hand' })
  })
})
