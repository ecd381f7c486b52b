import { describe, expect, it } from 'vitest'
import { planFields, readPlan } from '../../../../src/client/features/desk/roster/planForm.ts'
import { readTurn, turnFields, turnPatch } from '../../../../src/client/features/desk/roster/turnForm.ts'
import { copyDrafts, turnDrafts } from '../../../../src/client/features/desk/roster/useTurnActs.ts'
import type { Fact } from '../../../../src/domain/entry.ts'
import { absorbDuty, emptyDuty, turnsOf } from '../../../../src/domain/rules/duty/book.ts'
import { copiedWeek, planDaysAtMost, spanOn } from '../../../../src/domain/rules/duty/plan.ts'
import { addDays } from '../../../../src/domain/rules/localMoment.ts'
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
    expect(readPlan(fields)).toEqual({ ok: false, errors: { posts: 'plan.needsPost' } })
    const odd = { ...fields, posts: [post], first: '', heads: '0', spans: [{ from: '08:00', to: '' }] }
    expect(readPlan(odd)).toMatchObject({
      errors: { first: 'common.required', heads: 'plan.headsWrong', spans: 'plan.hoursWrong' },
    })
    const backwards = { ...fields, posts: [post], repeat: 'daily' as const, last: '2026-11-23' }
    expect(readPlan(backwards)).toEqual({ ok: false, errors: { last: 'plan.lastWrong' } })
    const far = { ...backwards, last: addDays(fields.first, planDaysAtMost + 1) }
    expect(readPlan(far)).toEqual({ ok: false, errors: { last: 'plan.lastFar' } })
    expect(readPlan({ ...far, last: addDays(fields.first, planDaysAtMost) }).ok).toBe(true)
    const long = {
      ...far,
      repeat: 'once' as const,
      skills: 'can drive, has nursed people through a winter before',
    }
    expect(readPlan(long)).toEqual({ ok: false, errors: { skills: 'desk.tooLong' } })
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
    const same = readTurn(fields, zone)
    expect(same.ok && turnPatch(turn, same.value)).toEqual({})
    const later = readTurn({ ...fields, from: '22:00', heads: '3' }, zone)
    expect(later.ok && turnPatch(turn, later.value)).toEqual({
      starts: night.starts + 2 * 3_600_000,
      heads: 3,
    })
    expect(readTurn({ ...fields, heads: '-1' }, zone)).toEqual({
      ok: false,
      errors: { heads: 'plan.headsWrong' },
    })
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
