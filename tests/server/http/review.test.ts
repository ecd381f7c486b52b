import { v7 } from 'uuid'
import * as v from 'valibot'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { paths, QuarantineList } from '../../../src/protocol/api.ts'
import { testCentre, type Founded, type TestCentre } from '../../support/testCentre.ts'
import type { TestPhone } from '../../support/testPhone.ts'

let centre: TestCentre
let here: Founded
beforeEach(async () => {
  centre = await testCentre()
  here = await centre.found()
})
afterEach(() => centre.end())

const guard = () => [{ role: 'guard' as const, place: here.compound }]
const passage = (id: string) => ({
  ...{ kind: 'passage', id, logbook: here.gate },
  body: { post: here.post, way: 'in', subject: 'person', how: 'none', decision: 'admit' },
})
const listed = async () =>
  v.parse(QuarantineList, (await here.coordinator.ask({ url: paths.quarantine })).json()).items
const review = (id: number, decision: string) =>
  here.coordinator.ask({ method: 'POST', url: `${paths.quarantine}/${id}`, body: { decision } })
const idsAt = async (logbook: string) =>
  (await centre.services.storage.entries({ logbook, after: 0, limit: 100 })).map(({ id }) => id)
const pulled = async (phone: TestPhone) =>
  (await phone.ask({ url: `${paths.pull}?logbook=${here.gate}` })).body

/** Pushes one passage, which is put aside with this code; then a coordinator accepts it. */
async function acceptedAfter(phone: TestPhone, code: string, before: () => Promise<void>): Promise<string> {
  const id = v7()
  const receipt = await phone.push([passage(id)])
  expect(receipt.pages[0]?.entries).toMatchObject([{ status: 'quarantined', code }])
  expect(await idsAt(here.gate)).toEqual([])
  await before()
  const [item] = await listed()
  expect(item?.code).toBe(code)
  expect((await review(item?.id ?? 0, 'accept')).statusCode).toBe(204)
  return id
}

describe('[PU6] a coordinator accepts what was put aside', () => {
  it.each([
    ['whose author has the role again', true],
    ['whose author has no role still: the coordinator vouches', false],
  ])('an entry of somebody without a role there, %s', async (_what, again) => {
    const other = v7()
    await here.coordinator.push([
      {
        ...{ kind: 'place', logbook: `duty/${here.community}`, record: other },
        body: { level: 'compound', name: '二号院', parent: here.community },
      },
    ])
    const phone = await here.join('李四', [{ role: 'guard', place: other }])
    const id = await acceptedAfter(phone, 'not-permitted', async () => {
      if (!again) return
      const record = phone.enrolled?.member ?? ''
      const body = { grants: guard() }
      const receipt = await here.coordinator.push([
        { kind: 'member', logbook: `people/${here.community}`, record, body, seen: 100 },
      ])
      expect(receipt.pages[0]?.entries).toEqual([])
    })
    expect(await idsAt(here.gate)).toEqual([id])
    expect(await listed()).toEqual([])
    expect(await pulled(here.coordinator)).toContain(id)
  })

  it('[PU10] an entry that a shut-out phone sent afterwards', async () => {
    const phone = await here.join('李四', guard())
    const shut = await here.coordinator.ask({ method: 'DELETE', url: `${paths.installs}/${phone.id}` })
    expect(shut.statusCode).toBe(204)
    const id = await acceptedAfter(phone, 'revoked', () => Promise.resolve())
    expect(await idsAt(here.gate)).toEqual([id])
    expect(await listed()).toEqual([])
    const colleague = await here.join('王五', guard())
    expect(await pulled(colleague)).toContain(id)
  })

  it('once: who comes second is told that it is decided, and nothing is doubled', async () => {
    const phone = await here.join('李四', guard())
    await here.coordinator.ask({ method: 'DELETE', url: `${paths.installs}/${phone.id}` })
    const id = v7()
    await phone.push([passage(id)])
    const [item] = await listed()
    const answers = await Promise.all([review(item?.id ?? 0, 'accept'), review(item?.id ?? 0, 'accept')])
    expect(answers.map(({ statusCode }) => statusCode).sort()).toEqual([204, 404])
    expect(await idsAt(here.gate)).toEqual([id])
  })

  it('sees the beginning of a line of megabytes ([PG2]); all of it is kept', async () => {
    const phone = await here.join('李四', guard())
    await here.coordinator.ask({ method: 'DELETE', url: `${paths.installs}/${phone.id}` })
    await phone.push([{ ...passage(v7()), body: { note: '样'.repeat(400_000) } }])
    const [item] = await listed()
    expect(item?.line).toHaveLength(16_000)
    const [row] = await centre.services.storage.quarantineIn(here.community, 10, 'open')
    expect(row?.line.length).toBeGreaterThan(400_000)
    expect(row?.line.startsWith(item?.line ?? '?')).toBe(true)
  })

  it('keeps aside what is not true: it stays out of the logbook and leaves the list', async () => {
    const phone = await here.join('李四', guard())
    await here.coordinator.ask({ method: 'DELETE', url: `${paths.installs}/${phone.id}` })
    await phone.push([passage(v7())])
    const [item] = await listed()
    expect((await review(item?.id ?? 0, 'dismiss')).statusCode).toBe(204)
    expect([await idsAt(here.gate), await listed()]).toEqual([[], []])
  })
})
