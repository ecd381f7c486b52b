import fc from 'fast-check'
import * as v from 'valibot'
import { expect, it } from 'vitest'
import { Passage } from '../../../src/domain/kinds/passage.ts'
import { salvagePassage } from '../../../src/domain/rules/salvage.ts'

const post = '01940000-0000-7000-8000-000000000001'
const other = '01940000-0000-7000-8000-000000000002'

it('keeps what fits and leaves out what does not', () => {
  const body = { post: other, way: 'out', home: '3-2-501', celsius: '36,5', heads: -1, decision: 'perhaps' }
  expect(salvagePassage(body, post)).toEqual({
    ...{ post: other, way: 'out', subject: 'person', how: 'none', home: '3-2-501', decision: 'admit' },
  })
})

it('makes a passage of anything, and changes nothing of one that fits', () => {
  const anything = fc.dictionary(fc.constantFrom(...Object.keys(Passage.entries), 'x'), fc.anything())
  fc.assert(fc.property(anything, (body) => v.is(Passage, salvagePassage(body, post))))
  const whole: Passage = { post: other, way: 'in', subject: 'vehicle', how: 'plate', decision: 'refuse' }
  expect(salvagePassage(whole, post)).toEqual(whole)
})
