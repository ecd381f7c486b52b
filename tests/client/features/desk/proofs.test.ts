import { describe, expect, it } from 'vitest'
import { createProofs } from '../../../../src/client/features/desk/duty/proofs.ts'
import type { CheckIn } from '../../../../src/domain/kinds/checkIn.ts'
import { absorbDuty, emptyDuty, stayOf, type Stay } from '../../../../src/domain/rules/duty/book.ts'
import { groundOf, type Ground, type Signed } from '../../../../src/domain/rules/duty/proof.ts'
import { makeRotating, slotAt } from '../../../../src/domain/rules/duty/rotating.ts'
import { dutyFact, idOf } from '../../../domain/rules/duty/facts.ts'
import { eventually } from '../../../support/eventually.ts'

const [post, station] = [idOf(10), idOf(31)]
const known = groundOf(
  [{ id: station, body: { post, name: '样本', install: idOf(3), key: { x: 'x', y: 'y' } } }],
  [],
)
const at = Date.UTC(2026, 10, 22, 8)
const code = makeRotating(station, slotAt(at), new Uint8Array(64))

function stay(way: CheckIn['way'], proof?: string): Stay {
  const book = emptyDuty()
  const fact = dutyFact('checkIn', { post, name: '样本', way, ...(proof ? { proof } : {}) }, { at })
  absorbDuty(book, [fact])
  const made = stayOf(book, fact.id)
  if (!made) throw new Error('the stay is not readable')
  return made
}

function proofsWith(answer: (all: readonly Signed[]) => Promise<boolean | undefined>) {
  const [asked, wrong]: [number[], string[]] = [[], []]
  const ground: { now: Ground | null } = { now: known }
  const proofs = createProofs({
    codes: {
      holds(all) {
        asked.push(all.length)
        return answer(all)
      },
    },
    ground: () => ground.now,
    onWrong: (ids) => wrong.push(...ids),
  })
  return { proofs, asked, wrong, ground }
}

describe('codes looked into again at the desk', () => {
  it('each is verified once, and one that does not hold is told', async () => {
    const { proofs, asked, wrong } = proofsWith(async () => false)
    const came = stay('rotating', code)
    expect([proofs.holds(came), proofs.holds(came)]).toEqual([undefined, undefined])
    await eventually('looked', () => proofs.isDone())
    expect(wrong).toEqual([came.fact.id])
    expect(proofs.holds(came)).toBe(false)
    expect(asked).toEqual([1])
  })

  it('many at once all get their answer, and those that hold are told to nobody', async () => {
    const { proofs, wrong } = proofsWith(async () => true)
    const all = Array.from({ length: 50 }, () => stay('rotating', code))
    for (const one of all) proofs.holds(one)
    await eventually('looked', () => proofs.isDone())
    expect(all.map((one) => proofs.holds(one))).toEqual(all.map(() => true))
    expect(wrong).toEqual([])
  })

  it('one without a code does not hold, without anybody being asked; other ways have none to hold', () => {
    const { proofs, asked } = proofsWith(async () => true)
    expect(proofs.holds(stay('rotating'))).toBe(false)
    expect(proofs.holds(stay('leader'))).toBeUndefined()
    expect(asked).toEqual([])
  })

  it('before the stations are known everybody is believed, and one that comes later counts', async () => {
    const { proofs, ground } = proofsWith(async () => true)
    const came = stay('rotating', code)
    ground.now = null
    expect(proofs.holds(came)).toBeUndefined()
    ground.now = groundOf([], [])
    expect(proofs.holds(came)).toBe(false)
    ground.now = known
    expect(proofs.holds(came)).toBeUndefined()
    await eventually('looked', () => proofs.holds(came) === true)
  })

  it('after the ground has changed an answer from the old one counts for nothing, and all is asked again', async () => {
    const answers: ((holds: boolean) => void)[] = []
    const { proofs, wrong, asked } = proofsWith(() => new Promise((done) => void answers.push(done)))
    // More than are looked into at once: some wait while others are on their way.
    const all = Array.from({ length: 20 }, () => stay('rotating', code))
    const read = () => all.map((one) => proofs.holds(one))
    read()
    await eventually('the first are on their way', () => answers.length === 16)
    proofs.forget()
    expect(proofs.isDone()).toBe(true)
    expect(read()).toEqual(all.map(() => undefined))
    for (const answer of answers.splice(0)) answer(true)
    await eventually('asked again', () => answers.length === 16)
    expect(read()).toEqual(all.map(() => undefined))
    for (const answer of answers.splice(0)) answer(false)
    await eventually('and the others', () => answers.length === 4)
    for (const answer of answers.splice(0)) answer(false)
    await eventually('looked', () => proofs.isDone())
    expect(read()).toEqual(all.map(() => false))
    expect(wrong).toEqual(all.map(({ fact }) => fact.id))
    expect(asked).toHaveLength(36)
  })

  it('what could not be looked into stays open, and what was found before is taken over', async () => {
    const { proofs, wrong } = proofsWith(async () => {
      throw new Error('the storage is gone')
    })
    const [came, before] = [stay('rotating', code), stay('rotating', code)]
    proofs.trust([before.fact.id])
    expect([proofs.holds(came), proofs.holds(before)]).toEqual([undefined, true])
    await eventually('given up', () => proofs.isDone())
    expect([proofs.holds(before), wrong]).toEqual([true, []])
  })
})
