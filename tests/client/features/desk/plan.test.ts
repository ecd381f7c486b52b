import { describe, expect, it } from 'vitest'
import {
  planFields,
  readPlan,
  type PlanFields,
} from '../../../../src/client/features/desk/roster/planForm.ts'
import { readTurn, turnFields, turnPatch } from '../../../../src/client/features/desk/roster/turnForm.ts'
import { copyDrafts, turnDrafts } from '../../../../src/client/features/desk/roster/useTurnActs.ts'
import type { Fact } from '../../../../src/domain/entry.ts'
import { absorbDuty, emptyDuty, turnsOf } from '../../../../src/domain/rules/duty/book.ts'
import { kinds } from '../../../../src/domain/kinds/index.ts'
import {
  copiedWeek,
  mayPlanOn,
  planDaysAtMost,
  plannedShifts,
  spanOn,
} from '../../../../src/domain/rules/duty/plan.ts'
import { localTime } from '../../../../src/domain/rules/localTime.ts'
import { addDays, momentOf } from '../../../../src/domain/rules/localMoment.ts'
import { dutyFact, idOf } from '../../../domain/rules/duty/facts.ts'

const zone = 'Asia/Shanghai'
const post = idOf(10)
const night = spanOn('2026-11-24', { from: '20:00', to: '08:00' }, zone)
const shift = (heads: number): Fact => dutyFact('shift', { post, ...night, heads })
const bookOf = (...facts: Fact[]) => {
  const book = emptyDuty()
  absorbDuty(book, facts)
  return book
}

describe('turns to be made, as typed', () => {
  it('begin with what the post needs', () => {
    const body = {
      type: 'checkpoint' as const,
      name: '东岗',
      place: post,
      opens: '20:00',
      closes: '08:00',
      heads: 2,
    }
    expect(planFields('2026-11-24', body, post)).toMatchObject({
      ...{ posts: [post], first: '2026-11-24', last: '2026-11-30', repeat: 'once', heads: '2' },
      spans: [{ from: '20:00', to: '08:00' }],
    })
  })

  it('say what is missing, field by field', () => {
    const fields = planFields('2026-11-24', undefined, undefined)
    const read = (typed: PlanFields) => readPlan(typed, fields.first)
    expect(read(fields)).toEqual({ ok: false, errors: { posts: 'plan.needsPost' } })
    const odd = { ...fields, posts: [post], first: '', heads: '0', spans: [{ from: '08:00', to: '' }] }
    expect(read(odd)).toMatchObject({
      errors: { first: 'common.required', heads: 'plan.headsWrong', spans: 'plan.hoursWrong' },
    })
    const backwards = { ...fields, posts: [post], repeat: 'daily' as const, last: '2026-11-23' }
    expect(read(backwards)).toEqual({ ok: false, errors: { last: 'plan.lastWrong' } })
    const far = { ...backwards, last: addDays(fields.first, planDaysAtMost + 1) }
    expect(read(far)).toEqual({ ok: false, errors: { last: 'plan.dayFar' } })
    expect(read({ ...far, last: addDays(fields.first, planDaysAtMost) }).ok).toBe(true)
    const long = {
      ...far,
      repeat: 'once' as const,
      skills: 'can drive, has nursed people through a winter before',
    }
    expect(read(long)).toEqual({ ok: false, errors: { skills: 'desk.tooLong' } })
  })

  it('are not made for a day on which no phone has them any more: turns leave it so long after they were planned', () => {
    const [today, farthest] = ['2026-11-24', addDays('2026-11-24', planDaysAtMost)]
    const fields = { ...planFields(farthest, undefined, undefined), posts: [post] }
    const read = readPlan(fields, today)
    const [turn] = read.ok ? plannedShifts(read.value, [], zone).made : []
    const goneAt = momentOf(today, 0, zone) + kinds.shift.keptDays.phone * 86_400_000
    expect(turn?.ends).toBeLessThan(goneAt)
    const beyond = { ...fields, first: addDays(farthest, 1) }
    expect(readPlan(beyond, today)).toEqual({ ok: false, errors: { first: 'plan.dayFar' } })
    const daily = { ...fields, repeat: 'daily' as const, last: addDays(farthest, 5) }
    expect(readPlan(daily, today)).toEqual({ ok: false, errors: { last: 'plan.dayFar' } })
    // Of the last week that may be copied to, too.
    expect(mayPlanOn(farthest, today)).toBe(true)
    expect(mayPlanOn(addDays(farthest, 1), today)).toBe(false)
    expect(momentOf(addDays(farthest, 8), 0, zone)).toBeLessThan(goneAt)
  })

  it('are saved with one series and an id each', () => {
    const drafts = turnDrafts('duty/x', [
      { post, ...night, heads: 1 },
      { post, ...night, heads: 2 },
    ])
    expect(new Set(drafts.map((d) => d.id)).size).toBe(2)
    expect(new Set(drafts.map((d) => d.body['series'])).size).toBe(1)
  })
})

describe('one turn as typed', () => {
  it('reads back what it shows, and a change says only what changed', () => {
    const [turn] = turnsOf(bookOf(shift(2)))
    if (!turn) throw new Error('no turn')
    const fields = turnFields(turn, zone)
    expect(fields).toMatchObject({ day: '2026-11-24', from: '20:00', to: '08:00', heads: '2' })
    const same = readTurn(turn, fields, zone)
    expect(same.ok && turnPatch(turn, same.value)).toEqual({})
    const later = readTurn(turn, { ...fields, from: '22:00', heads: '3' }, zone)
    expect(later.ok && turnPatch(turn, later.value)).toEqual({
      starts: night.starts + 2 * 3_600_000,
      heads: 3,
    })
    expect(readTurn(turn, { ...fields, heads: '-1' }, zone)).toEqual({
      ok: false,
      errors: { heads: 'plan.headsWrong' },
    })
  })

  it('is not moved to a day on which no phone has it any more, whenever that is done', () => {
    const [turn] = turnsOf(bookOf(shift(2)))
    if (!turn) throw new Error('no turn')
    const farthest = addDays(localTime(turn.fact.at, zone).day, planDaysAtMost)
    const moved = (day: string) => readTurn(turn, { ...turnFields(turn, zone), day }, zone)
    expect(moved(farthest).ok).toBe(true)
    expect(moved(addDays(farthest, 1))).toEqual({ ok: false, errors: { day: 'plan.moveFar' } })
    const there = { ...turn, body: { ...turn.body, starts: turn.body.starts + 70 * 86_400_000 } }
    expect(readTurn(there, turnFields(there, zone), zone).ok).toBe(true)
  })
})

describe('a copied week', () => {
  const turn = shift(1)
  const taken = dutyFact('claim', { shift: turn.id, member: idOf(20), name: '样本甲', act: 'take' })
  const late = dutyFact('claim', { shift: turn.id, member: idOf(21), name: '样本乙', act: 'take' })
  const book = bookOf(turn, taken, late)
  const { made } = copiedWeek(turnsOf(book), '2026-11-23', '2026-11-30', zone)

  it('takes along who has a place, not who waits in line, and only when told to', () => {
    expect(copyDrafts('duty/x', made, book, false).map((d) => d.kind)).toEqual(['shift'])
    const [copy, seat, ...more] = copyDrafts('duty/x', made, book, true)
    expect(more).toEqual([])
    expect(seat).toMatchObject({
      kind: 'assignment',
      body: { shift: copy?.id, member: idOf(20), name: '样本甲', act: 'assign', placement: 'manual' },
    })
  })
})
