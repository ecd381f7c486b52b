import fc from 'fast-check'
import { checkInWays, positionFindings } from '../../../../src/domain/kinds/checkIn.ts'
import {
  absorbDuty,
  emptyDuty,
  stayOf,
  type Stay,
  type Turn,
} from '../../../../src/domain/rules/duty/book.ts'
import { turnOf } from '../../../../src/domain/rules/duty/ending.ts'
import { dutyFact, idOf } from './facts.ts'

export const minute = 60_000
export const hour = 60 * minute

/** A moment of the years 2025 to 2027, whole minutes. */
export const moments = fc
  .integer({ min: Date.UTC(2025, 0) / minute, max: Date.UTC(2028, 0) / minute })
  .map((minutes) => minutes * minute)

export const [me, other, third] = [idOf(21), idOf(22), idOf(23)]

export interface StayPlan {
  /** From the turn's start to the arrival, minutes; negative = early. */
  late: number
  lasts: number
  out: 'none' | 'out' | 'said'
  planned: boolean
  way: (typeof checkInWays)[number]
  position: (typeof positionFindings)[number] | undefined
  by: string
  vouched: string[]
  turnMinutes: number
  starts: number
}

export const plans: fc.Arbitrary<StayPlan> = fc.record({
  late: fc.integer({ min: -180, max: 1000 }),
  lasts: fc.integer({ min: 0, max: 1500 }),
  out: fc.constantFrom('none', 'out', 'said'),
  planned: fc.boolean(),
  way: fc.constantFrom(...checkInWays),
  position: fc.option(fc.constantFrom(...positionFindings), { nil: undefined }),
  by: fc.constantFrom(me, other),
  vouched: fc.subarray([me, other, third]),
  turnMinutes: fc.integer({ min: 10, max: 720 }),
  starts: moments,
})

/** The stay that a plan describes, read through the book like any other, and its turn. */
export function stayFrom(plan: StayPlan): { stay: Stay; turn: Turn | undefined; came: number; left: number } {
  const [post, came] = [idOf(10), plan.starts + plan.late * minute]
  const left = came + plan.lasts * minute
  const ends = plan.starts + plan.turnMinutes * minute
  const turn = dutyFact('shift', { post, starts: plan.starts, ends, heads: 1 })
  const { way, position, by } = plan
  const shift = plan.planned ? { shift: turn.id } : {}
  const where = position ? { position } : {}
  const arrived = dutyFact(
    'checkIn',
    { post, member: me, name: '样本', way, ...shift, ...where },
    { at: came, by },
  )
  const said = plan.out === 'said' ? { left } : {}
  const out = dutyFact('checkOut', { checkIn: arrived.id, post, way, ...said }, { at: left, by: me })
  const vouches = plan.vouched.map((by) => dutyFact('vouch', { checkIn: arrived.id, name: '见证' }, { by }))
  const book = emptyDuty()
  absorbDuty(book, [turn, arrived, ...(plan.out === 'none' ? [] : [out]), ...vouches])
  const stay = stayOf(book, arrived.id)
  if (!stay) throw new Error('the stay is not readable')
  return { stay, turn: turnOf(book, stay), came, left }
}
