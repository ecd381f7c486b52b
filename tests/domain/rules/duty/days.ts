import fc from 'fast-check'
import type { Fact } from '../../../../src/domain/entry.ts'
import { dutyFact, idOf } from './facts.ts'
import { hour, minute, moments } from './random.ts'

export const posts = [idOf(10), idOf(11), idOf(12)]
export const people = Array.from({ length: 5 }, (_, n) => idOf(20 + n))

const events = fc.record({
  post: fc.constantFrom(...posts),
  member: fc.option(fc.constantFrom(...people), { nil: undefined }),
  by: fc.constantFrom(...people),
  minutes: fc.integer({ min: -30 * 60, max: 30 * 60 }),
  lasts: fc.option(fc.integer({ min: 1, max: 600 }), { nil: undefined }),
  planned: fc.boolean(),
  way: fc.constantFrom('rotating', 'printed', 'leader', 'paper'),
})

/** A day at a few posts: turns, who has them, who came and who left. */
export const days = fc.record({
  noon: moments,
  list: fc.array(events, { maxLength: 30 }),
  turns: fc.array(fc.integer({ min: -20, max: 20 }), { minLength: 1, maxLength: 6 }),
})
export type Day = typeof days extends fc.Arbitrary<infer T> ? T : never

export function factsFrom({ noon, list, turns }: Day): Fact[] {
  const made = turns.map((at, n) =>
    dutyFact('shift', {
      ...{ post: posts[n % posts.length], heads: 1 + (n % 3) },
      ...{ starts: noon + at * hour, ends: noon + (at + 4) * hour },
    }),
  )
  const seats = made.map((turn, n) => {
    const member = people[n % people.length]
    return dutyFact(
      'assignment',
      { shift: turn.id, member, name: `样本${n}`, act: 'assign' },
      { at: noon - 40 * hour },
    )
  })
  const stays = list.flatMap(({ post, member, by, minutes, lasts, planned, way }, n) => {
    const at = noon + minutes * minute
    const shift = planned ? { shift: made[n % made.length]?.id } : {}
    const came = dutyFact(
      'checkIn',
      { post, name: '样本', way, ...shift, ...(member ? { member } : {}) },
      { at, by },
    )
    const left = { checkIn: came.id, post, way: 'printed' }
    return lasts === undefined ? [came] : [came, dutyFact('checkOut', left, { at: at + lasts * minute, by })]
  })
  return [...made, ...seats, ...stays]
}
