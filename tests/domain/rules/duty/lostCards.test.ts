import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { highestIssue, type LostCard } from '../../../../src/domain/kinds/lostCard.ts'
import { issueOf, lossOf, voidSince } from '../../../../src/domain/rules/duty/lostCards.ts'
import { idOf } from './facts.ts'
import { moments } from './random.ts'

const people = fc.integer({ min: 1, max: 3 }).map(idOf)
const losses: fc.Arbitrary<LostCard[]> = fc.array(
  fc.record({ member: people, below: fc.integer({ min: 1, max: highestIssue }), on: moments }),
  { maxLength: 12 },
)
const shuffled = (list: readonly LostCard[]) =>
  fc.shuffledSubarray([...list], { minLength: list.length, maxLength: list.length })

describe('lost cards', () => {
  it('[CA3] the order in which losses arrive makes no difference', () => {
    fc.assert(
      fc.property(
        losses.chain((lost) => fc.tuple(fc.constant(lost), shuffled(lost))),
        people,
        fc.integer({ min: 0, max: highestIssue }),
        ([lost, other], member, issue) => {
          expect(issueOf(member, other)).toBe(issueOf(member, lost))
          expect(voidSince({ member, issue }, other)).toBe(voidSince({ member, issue }, lost))
        },
      ),
    )
  })

  it('[CA3] what becomes known later brings no void card back', () => {
    fc.assert(
      fc.property(losses, losses, people, fc.nat(highestIssue), (known, late, member, issue) => {
        if (voidSince({ member, issue }, known) === null) return
        expect(voidSince({ member, issue }, [...known, ...late])).not.toBeNull()
      }),
    )
  })

  it('[CA4] a loss makes void what was printed so far, of that member alone, and the next one holds', () => {
    fc.assert(
      fc.property(losses, people, people, moments, (lost, member, other, on) => {
        const before = issueOf(member, lost)
        fc.pre(before < highestIssue)
        const after = [...lost, lossOf(member, lost, on)]
        expect(voidSince({ member, issue: before }, after)).toBe(on)
        expect(voidSince({ member, issue: issueOf(member, after) }, after)).toBeNull()
        if (other !== member) expect(issueOf(other, after)).toBe(issueOf(other, lost))
      }),
    )
  })

  it('of two coordinators who make the same card void at once, the earlier moment is told', () => {
    const member = idOf(1)
    const both = [lossOf(member, [], 2_000), lossOf(member, [], 1_000)]
    expect(voidSince({ member, issue: 0 }, both)).toBe(1_000)
    expect(issueOf(member, both)).toBe(1)
  })
})
