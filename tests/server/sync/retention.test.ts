import { afterEach, beforeEach, expect, it } from 'vitest'
import { wrongTallies } from '../../../src/server/sync/recount.ts'
import { retain } from '../../../src/server/sync/retention.ts'
import { digestOf } from '../../../src/server/sync/signing.ts'
import { TestCentre, type TestPhone } from '../../support/centre.ts'

const day = 86_400_000
let centre: TestCentre
let guard: TestPhone
const gateLog = (): string => `gate/${centre.compound}`
beforeEach(async () => {
  centre = await new TestCentre().settle()
  guard = await centre.phone('guard')
})
afterEach(() => centre.end())

const one = async (
  id: string,
): Promise<{ line: string | null; mask: string | null; digest: string | null } | undefined> =>
  (await centre.storage.entriesById([gateLog()], [id]))[0]

it('erases single fields first, then the entry, and leaves counts, order and digest', async () => {
  const fact = centre.passage({ celsius: 36.6 })
  const line = JSON.stringify({ by: guard.member, ...fact })
  await centre.send(guard, [fact, centre.correction(fact.id, { patch: { celsius: 37.9, way: 'out' } })])
  const before = await centre.storage.tallies(gateLog(), 0, Infinity)
  expect(await retain(centre.storage, centre.now + 14 * day)).toBe(0)
  expect(await retain(centre.storage, centre.now + 14 * day + 1)).toBe(1)
  const shorter = await one(fact.id)
  expect(shorter?.line).toBe(line.replace(',"celsius":36.6', ''))
  expect(JSON.stringify(await centre.storage.corrections(gateLog(), [fact.id]))).not.toContain('37.9')
  expect(
    JSON.stringify(await centre.storage.entries({ logbook: gateLog(), after: 0, limit: 9 })),
  ).not.toMatch(/37\.9/)
  expect(await retain(centre.storage, centre.now + 30 * day + 1)).toBe(2)
  expect(await one(fact.id)).toMatchObject({ line: null, mask: null, digest: digestOf(line) })
  expect(await centre.storage.corrections(gateLog(), [fact.id])).toEqual([])
  expect(await centre.storage.tallies(gateLog(), 0, Infinity)).toEqual(before)
  expect(await wrongTallies(centre.storage, gateLog())).toEqual([])
  expect((await centre.pull(centre.coordinator, gateLog())).factLines).toEqual([])
  expect(await retain(centre.storage, centre.now + 31 * day)).toBe(0)
})

it('[PU8] an erased entry that comes again is still a duplicate', async () => {
  const fact = centre.passage()
  await centre.send(guard, [fact])
  await retain(centre.storage, centre.now + 31 * day)
  const receipt = await centre.send(guard, [fact, { ...fact, at: 1 }])
  expect(receipt.pages[0]?.entries.map(({ status, code }) => code ?? status)).toEqual([
    'duplicate',
    'id-taken',
  ])
})

it('keeps what is within its time, documents, and what nobody has decided yet', async () => {
  await centre.send(guard, [centre.passage({ way: 'sideways' })])
  centre.now += 31 * day
  const fresh = centre.passage()
  await centre.send(guard, [fresh])
  await retain(centre.storage, centre.now)
  expect((await one(fresh.id))?.line).toContain(fresh.id)
  expect(await centre.storage.records(`duty/${centre.community}`, 'place')).toHaveLength(2)
  const [aside] = await centre.storage.quarantineIn(centre.community, 10)
  expect(aside?.line).toContain('sideways')
  await centre.storage.write((tx) => tx.settleQuarantine(aside?.id ?? -1, 'dismissed'))
  await retain(centre.storage, centre.now)
  expect((await centre.storage.quarantineIn(centre.community, 10))[0]?.line).toBe('')
})

it('[PL8] what is left of a correction stays masked for whoever sees names masked', async () => {
  const fact = centre.passage({ celsius: 36.6 })
  await centre.send(guard, [fact, centre.correction(fact.id, { patch: { celsius: 37.9, name: '欧阳小明' } })])
  await retain(centre.storage, centre.now + 14 * day + 1)
  const other = await centre.phone('guard')
  const { factLines } = await centre.pull(other, gateLog())
  expect(factLines.join()).toContain('"patch":{"name":"欧*"}')
  expect(factLines.join()).not.toContain('小明')
})

it('a temperature goes from what corrects a reading as well, and from what comes when its passage has lost it', async () => {
  const passage = centre.passage({ celsius: 36.6 })
  const reading = {
    ...centre.passage(),
    kind: 'reading',
    body: { post: centre.gate, celsius: 36, fever: false },
  }
  const put = (id: string) => centre.correction(id, { patch: { celsius: 37.9 } })
  await centre.send(guard, [passage, reading, put(reading.id)])
  const kept = async () => [
    ...(await centre.storage.entries({ logbook: gateLog(), after: 0, limit: 9, kinds: ['correction'] })),
    ...(await centre.storage.corrections(gateLog(), [passage.id, reading.id])),
  ]
  centre.now += 14 * day + 1
  await retain(centre.storage, centre.now)
  expect(JSON.stringify(await kept())).not.toContain('37.9')
  await centre.send(guard, [put(passage.id)])
  expect(JSON.stringify(await kept())).toContain('37.9')
  await retain(centre.storage, centre.now + 14 * day + 1)
  expect(await kept()).toHaveLength(4)
  expect(JSON.stringify(await kept())).not.toContain('37.9')
})
