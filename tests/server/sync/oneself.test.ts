import { v7 } from 'uuid'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { cardText, dayOf, makeCard, type Card } from '../../../src/domain/rules/duty/card.ts'
import { TestCentre, type TestPhone } from '../../support/centre.ts'

let centre: TestCentre
let volunteer: TestPhone

beforeEach(async () => {
  centre = await new TestCentre().settle()
  volunteer = await centre.phone('volunteer')
})
afterEach(() => centre.end())

const claimOf = (member: string, proof?: string) =>
  centre.fact(
    'claim',
    { shift: v7(), member, name: '张三', act: 'take', ...(proof === undefined ? {} : { proof }) },
    { logbook: `duty/${centre.community}` },
  )

/** A member's card as the centre prints it; `sign` may be somebody else's hand. */
function cardOf(member: string, more: Partial<Card> = {}, sign = centre.centre.sign): string {
  const day = dayOf(centre.now)
  const card: Card = { member, name: '张三', from: day, until: day + 9, issue: 0, ...more }
  return makeCard(card, new Uint8Array(Buffer.from(sign(cardText(card)), 'base64url')))
}

async function codes(phone: TestPhone, member: string, proof?: string): Promise<(string | undefined)[]> {
  const receipt = await centre.send(phone, [claimOf(member, proof)])
  return receipt.pages.flatMap((page) => page.entries.map((entry) => entry.code))
}

it('[PU12] nobody takes a turn for somebody else; it is put aside, not lost', async () => {
  expect(await codes(volunteer, volunteer.member)).toEqual([])
  expect(await codes(volunteer, centre.coordinator.member)).toEqual(['not-permitted'])
})

it('[PU12] who is in charge may', async () => {
  expect(await codes(centre.coordinator, volunteer.member)).toEqual([])
})

it('[PU12] whose card was read has the place taken by whoever read it, as long as the card is theirs and holds', async () => {
  const [helper, other, strange] = [await centre.phone('volunteer'), v7(), v7()]
  const allowed = await codes(volunteer, helper.member, cardOf(helper.member))
  expect(allowed).toEqual([])
  const { signPage } = centre.centre
  const refused = [
    cardOf(other),
    cardOf(helper.member, {}, signPage),
    cardOf(helper.member, { from: 1, until: 2 }),
    `${cardOf(helper.member).slice(0, -3)}000`,
    'GP:C:',
    strange,
  ]
  for (const card of refused) expect(await codes(volunteer, helper.member, card)).toEqual(['not-permitted'])
})

it('[PU12] [CA4] a card that was made void takes nothing any more, its successor does', async () => {
  const { member } = await centre.phone('volunteer')
  const lost = { member, below: 1, on: centre.now - 1 }
  await centre.send(centre.coordinator, [centre.patch('lostCard', v7(), lost)])
  expect(await codes(volunteer, member, cardOf(member))).toEqual(['not-permitted'])
  expect(await codes(volunteer, member, cardOf(member, { issue: 1 }))).toEqual([])
})

it('[PU12] a card is of no use for what is not of oneself, and to nobody who may not write at all', async () => {
  const { member } = await centre.phone('volunteer')
  const supervisor = await centre.phone('supervisor')
  expect(await codes(supervisor, member, cardOf(member))).toEqual(['not-permitted'])
})

it('the others of a place are not shown the card', async () => {
  const { member } = await centre.phone('volunteer')
  const proof = cardOf(member)
  await centre.send(volunteer, [claimOf(member, proof)])
  const reader = await centre.phone('volunteer')
  const lines = (await centre.pull(reader, `duty/${centre.community}`)).factLines
  expect(lines.filter((line) => line.includes(member) && line.includes('"proof":"*"'))).toHaveLength(1)
  expect(lines.some((line) => line.includes(proof.slice(5, 60)))).toBe(false)
})
