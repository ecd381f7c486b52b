import { v7 } from 'uuid'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { TestCentre, type TestPhone } from '../../support/centre.ts'

let centre: TestCentre
let volunteer: TestPhone

beforeEach(async () => {
  centre = await new TestCentre().settle()
  volunteer = await centre.phone('volunteer')
})
afterEach(() => centre.end())

const claimOf = (member: string) =>
  centre.fact(
    'claim',
    { shift: v7(), member, name: '张三', act: 'take' },
    { logbook: `duty/${centre.community}` },
  )

async function codes(phone: TestPhone, member: string): Promise<(string | undefined)[]> {
  const receipt = await centre.send(phone, [claimOf(member)])
  return receipt.pages.flatMap((page) => page.entries.map((entry) => entry.code))
}

it('[PU12] nobody takes a turn for somebody else; it is put aside, not lost', async () => {
  expect(await codes(volunteer, volunteer.member)).toEqual([])
  expect(await codes(volunteer, centre.coordinator.member)).toEqual(['not-permitted'])
})

it('[PU12] who is in charge may', async () => {
  expect(await codes(centre.coordinator, volunteer.member)).toEqual([])
})
