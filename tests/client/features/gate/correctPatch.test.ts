import { describe, expect, it } from 'vitest'
import { correctionPatch, correctionsOf } from '../../../../src/client/features/gate/log/correctPatch.ts'
import type { Passage } from '../../../../src/domain/kinds/passage.ts'
import { counts } from '../../../../src/domain/rules/board.ts'
import { absorb, emptyLedger, newestFirst } from '../../../../src/domain/rules/ledger.ts'
import { toRepeat } from '../../../../src/domain/rules/repeat.ts'
import { correction, east, person } from '../../../domain/rules/gateFacts.ts'

const limit = 37.3
const base: Passage = { post: east, way: 'in', subject: 'person', how: 'home', decision: 'admit' }

/** A passage, corrected by a form in which some fields were changed. */
function after(body: Passage, changes: Partial<ReturnType<typeof correctionsOf>>) {
  const came = person('in', { ...body })
  const patch = correctionPatch(body, { ...correctionsOf(body), ...changes }, limit)
  const ledger = emptyLedger()
  absorb(ledger, [came, correction(came, { patch, why: 'mistake' })])
  const [logged] = newestFirst(ledger)
  if (!logged) throw new Error('nothing was logged')
  return { patch, body: logged.body, isFever: counts('fever', logged), repeat: toRepeat(ledger, 0).length }
}

describe('a corrected temperature', () => {
  const high: Passage = { ...base, home: '3-2-501', celsius: 38.7, advice: ['fever', 'hours'] }

  it('that was none too high is no fever any more, and nobody is measured again for it', () => {
    const found = after(high, { celsius: '36.7' })
    expect(found).toMatchObject({ isFever: false, repeat: 0, body: { celsius: 36.7, advice: ['hours'] } })
    expect(after({ ...high, advice: ['fever'] }, { celsius: '' }).body).not.toHaveProperty('advice')
  })

  it('that was too high is one', () => {
    const found = after({ ...base, home: '3-2-501', celsius: 36.7 }, { celsius: '38.7' })
    expect(found).toMatchObject({ isFever: true, repeat: 1, body: { advice: ['fever'] } })
  })

  it('leaves the advice alone where it is as high as before, and where something else is corrected', () => {
    expect(after(high, { celsius: '38.9' }).patch).toEqual({ celsius: 38.9 })
    expect(after(high, { home: '3-2-502' }).patch).toEqual({ home: '3-2-502' })
  })
})

it('who was admitted after all has no reason for a refusal', () => {
  const refused: Passage = { ...base, decision: 'refuse', reason: 'fever', advice: ['fever'], celsius: 38.7 }
  const found = after(refused, { celsius: '36.7', decision: 'admit' })
  expect(found).toMatchObject({ isFever: false, repeat: 0 })
  expect(found.body).not.toHaveProperty('reason')
})
