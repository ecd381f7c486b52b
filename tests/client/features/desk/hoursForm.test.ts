import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { localInput, readHours } from '../../../../src/client/features/desk/duty/hoursForm.ts'
import type { Ending } from '../../../../src/domain/rules/duty/ending.ts'

const zone = 'Asia/Shanghai'
const now = Date.parse('2026-05-04T20:00:00+08:00')
const minute = 60_000
const at = (minutesAgo: number): string => localInput(now - minutesAgo * minute, zone)
const before = { came: at(300), left: at(60) }
const auto: Ending = { at: now - 60 * minute, how: 'auto' }
const out: Ending = { at: now - 60 * minute, how: 'out' }
const read = (typed: Partial<typeof before>, ended: Ending = out, was = before) =>
  readHours({ ...was, ...typed }, { before: was, ended, now, zone })

describe('hours put right on the desk', () => {
  it('never says what is still to come, nor a leaving before the coming', () => {
    fc.assert(
      fc.property(fc.integer({ min: -400, max: 400 }), fc.integer({ min: -400, max: 400 }), (came, left) => {
        const result = read({ came: at(came), left: at(left) })
        expect(result.ok).toBe(came >= left && came >= 0 && left >= 0)
      }),
    )
  })

  it('an end that is known cannot be emptied, and one that is not may wait', () => {
    expect(read({ left: '' })).toEqual({ ok: false, errors: { left: 'duty.paper.wrong.missing' } })
    const open = { came: before.came, left: '' }
    expect(read({}, auto, open)).toMatchObject({ ok: false })
    expect(read({ came: at(200) }, auto, open)).toMatchObject({ ok: true, said: { left: null } })
    expect(read({ came: at(200) }, null, open)).toMatchObject({ ok: true, said: { left: null } })
  })

  it('an end that nobody wrote down is confirmed by saving it as it is', () => {
    expect(read({}, auto)).toEqual({ ok: true, said: { came: null, left: auto.at } })
    expect(read({}, out)).toEqual({ ok: true, said: { came: null, left: null } })
  })
})
