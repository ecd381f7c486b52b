import { v7 } from 'uuid'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { TestCentre, type TestPhone } from '../../support/centre.ts'
import type { WirePage } from '../../../src/protocol/page.ts'

let centre: TestCentre
let guard: TestPhone
beforeEach(async () => {
  centre = await new TestCentre().settle()
  guard = await centre.phone('guard')
})
afterEach(() => centre.end())

const next = (): WirePage => guard.sealer.seal([JSON.stringify({ by: guard.member, ...centre.passage() })])
const statuses = async (...pages: WirePage[]): Promise<string[]> =>
  (await centre.push(pages)).pages.map((page) => page.status)
const stored = async (): Promise<{ n: number; flags: string | null }[]> =>
  (await centre.storage.entriesOf(guard.row.id)).map(({ n, flags }) => ({ n, flags }))

describe('a fork', () => {
  it('[FO1] both pages’ entries are kept, the later flagged (failure mode 7)', async () => {
    const place = guard.sealer.place
    expect(await statuses(next())).toEqual(['stored'])
    guard.sealer.rewind(place)
    const other = next()
    expect(await statuses(other)).toEqual(['forked'])
    expect(await stored()).toEqual([
      { n: 1, flags: null },
      { n: 1, flags: '["fork"]' },
    ])
    expect(await statuses(other)).toEqual(['forked'])
    expect(await stored()).toHaveLength(2)
  })

  it('[FO1] flags what was put aside of it also when it is taken later, and not the page that came first', async () => {
    const place = v7()
    const held = (): WirePage => {
      const fact = centre.passage({}, { logbook: `gate/${place}` })
      return guard.sealer.seal([JSON.stringify({ by: guard.member, ...fact })])
    }
    const before = guard.sealer.place
    const first = held()
    guard.sealer.rewind(before)
    expect(await statuses(first, held())).toEqual(['stored', 'forked'])
    expect(await stored()).toEqual([])
    const body = { level: 'compound', name: 'Garden 2', parent: centre.community }
    await centre.send(centre.coordinator, [centre.patch('place', place, body)])
    expect(await stored()).toEqual([
      { n: 1, flags: null },
      { n: 1, flags: '["fork"]' },
    ])
  })

  it('[FO1] goes on to be one, whichever page comes first', async () => {
    const first = next()
    const place = guard.sealer.place
    const [second, third] = [next(), next()]
    guard.sealer.rewind(place)
    const [otherSecond, otherThird] = [next(), next()]
    expect(await statuses(first, second, otherSecond, otherThird, third)).toEqual([
      'stored',
      'stored',
      'forked',
      'forked',
      'forked',
    ])
    expect(await stored()).toHaveLength(5)
  })

  it('[PU9] a page that arrives before the one it follows is none', async () => {
    const [first, second, third] = [next(), next(), next()]
    expect(await statuses(third)).toEqual(['stored'])
    expect(await statuses(second, first)).toEqual(['stored', 'stored'])
    expect(await stored()).toEqual([1, 2, 3].map((n) => ({ n, flags: null })))
  })
})
