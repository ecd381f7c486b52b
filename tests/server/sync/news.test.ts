import { v7 } from 'uuid'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { newsMaxCursors, newsMaxRows } from '../../../src/protocol/api.ts'
import { writeCursor } from '../../../src/protocol/cursor.ts'
import { readPull } from '../../../src/protocol/pull.ts'
import { callerFrom } from '../../../src/server/auth/caller.ts'
import { raiseEpoch } from '../../../src/server/sync/centre.ts'
import { TestCentre, type TestPhone } from '../../support/centre.ts'

let centre: TestCentre
let guard: TestPhone
let other: TestPhone
const gateLog = (): string => `gate/${centre.compound}`
const homes = (): string => `homes/${centre.compound}`

beforeEach(async () => {
  centre = await new TestCentre().settle()
  guard = await centre.phone('guard')
  other = await centre.phone('guard')
})
afterEach(() => centre.end())

const at = (logbook: string, seq: number, epoch = centre.centre.epoch): string =>
  writeCursor({ epoch, logbook, seq })
const cursorOf = async (logbook: string, phone = other): Promise<string> =>
  (await centre.pull(phone, logbook)).head.next
const newsOf = async (cursors: readonly string[], phone = other): Promise<string[]> => {
  const caller = await callerFrom(centre.storage, phone.row)
  return (await centre.sync.scope(caller, centre.now, cursors)).news ?? []
}
const passages = (n: number): object[] => Array.from({ length: n }, () => centre.passage())

describe('[SC4] news with the scope', () => {
  it('is what a pull with that cursor answers, masked as for this role', async () => {
    const [gate, home] = [await cursorOf(gateLog()), await cursorOf(homes())]
    await centre.send(guard, [centre.passage({ name: '欧阳小明' })])
    await centre.send(centre.coordinator, [
      centre.patch('household', v7(), { home: '1-1-101', people: [{ name: '欧阳小明' }] }),
    ])
    const pulled = [
      await centre.pullAnswer(other, gateLog(), { after: gate }),
      await centre.pullAnswer(other, homes(), { after: home }),
    ].map((answer) => (answer.ok ? answer.value : ''))
    const news = await newsOf([gate, home])
    expect(news).toEqual(pulled)
    expect(news[0]).toContain('欧*')
    expect(news.join()).not.toContain('小明')
  })

  it('is silent about what is unchanged, not held, of another epoch, or no cursor', async () => {
    await centre.send(guard, passages(2))
    const volunteer = await centre.phone('volunteer')
    expect(await newsOf([await cursorOf(gateLog())])).toEqual([])
    expect(await newsOf([at(gateLog(), 0)], volunteer)).toEqual([])
    expect(await newsOf([at(`people/${centre.community}`, 0)])).toEqual([])
    expect(await newsOf(['', 'a.b.c', at(gateLog(), 9), at(`gate/${v7()}`, 0)])).toEqual([])
    const old = at(gateLog(), 0)
    await raiseEpoch(centre.storage, v7)
    await centre.stop()
    await centre.start()
    expect(await newsOf([old])).toEqual([])
    expect(await newsOf([at(gateLog(), 0)])).toHaveLength(1)
  })

  it('is told once of a logbook, and together of so many rows at most', async () => {
    await centre.send(guard, passages(newsMaxRows - 1))
    for (let i = 0; i < 3; i++)
      await centre.send(centre.coordinator, [
        centre.patch('household', v7(), { home: `1-1-10${i}`, people: [] }),
      ])
    const twice = await newsOf([at(gateLog(), 0), at(gateLog(), 1)])
    expect(twice.map((text) => readPull(text)?.head.facts)).toEqual([newsMaxRows - 1])
    const both = (await newsOf([at(gateLog(), 0), at(homes(), 0)])).map((text) => readPull(text)?.head)
    expect(both).toMatchObject([
      { facts: newsMaxRows - 1, more: false },
      { docs: 1, more: true },
    ])
    const many = Array.from({ length: newsMaxCursors }, () => 'a.b.c')
    expect(await newsOf([...many, at(gateLog(), 0)])).toEqual([])
  })
})
