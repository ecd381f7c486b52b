import { afterEach, beforeEach, expect, it } from 'vitest'
import { monday, TestCentre, type TestPhone } from '../../support/centre.ts'

let centre: TestCentre
let guard: TestPhone
const minute = 60_000
const year = 365 * 24 * 60 * minute

beforeEach(async () => {
  centre = await new TestCentre().settle()
  guard = await centre.phone('guard')
})
afterEach(() => centre.end())

const storedAs = async (
  envelope: { at: number; off?: number },
  sentAt: number | null,
): Promise<{ at: number; flags: string | null } | undefined> => {
  const { off: _off, ...entry } = centre.passage()
  await centre.send(guard, [{ ...entry, ...envelope }], { sentAt })
  const [row] = await centre.storage.entriesById([entry.logbook], [entry.id])
  return row && { at: row.at, flags: row.flags }
}

it('[TI1] the corrected time is the device time plus the offset that the phone knew', async () => {
  expect(await storedAs({ at: monday - 5000, off: 1000 }, null)).toEqual({ at: monday - 4000, flags: null })
})

it('[TI1] without an offset it is the difference at arrival', async () => {
  expect(await storedAs({ at: monday - year - minute }, monday - year)).toEqual({
    at: monday - minute,
    flags: '["skew"]',
  })
})

it('[TI1] a clock that is off by years refuses nothing (failure mode 31)', async () => {
  expect(await storedAs({ at: -5 * year, off: 0 }, -5 * year)).toEqual({ at: -5 * year, flags: null })
  expect(await storedAs({ at: monday + 40 * year }, null)).toEqual({ at: monday + 40 * year, flags: null })
})

it('[TI2] flags a difference above two minutes, not one at it', async () => {
  expect((await storedAs({ at: monday, off: 2 * minute }, null))?.flags).toBeNull()
  expect((await storedAs({ at: monday, off: 2 * minute + 1 }, null))?.flags).toBe('["skew"]')
  expect((await storedAs({ at: monday, off: -2 * minute - 1 }, null))?.flags).toBe('["skew"]')
})

it('[TI3] order is the centre’s, whatever a clock says (failure mode 32)', async () => {
  const other = await centre.phone('guard')
  const [early, late] = [centre.passage({}, { at: monday + year }), centre.passage({}, { at: monday - year })]
  await centre.send(guard, [early])
  await centre.send(other, [late])
  const { factLines } = await centre.pull(centre.coordinator, `gate/${centre.compound}`)
  expect(factLines.map((line) => JSON.parse(line).e.id)).toEqual([early.id, late.id])
})
