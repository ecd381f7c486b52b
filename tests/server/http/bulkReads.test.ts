import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { v7 } from 'uuid'
import { parse } from 'valibot'
import { BulkReadList, paths } from '../../../src/protocol/api.ts'
import { StorageUnavailable } from '../../../src/server/storage/errors.ts'
import { testCentre, type Founded, type TestCentre } from '../../support/testCentre.ts'

let centre: TestCentre
let here: Founded
beforeEach(async () => {
  centre = await testCentre()
  here = await centre.found()
})
afterEach(() => centre.end())

const list = async () =>
  parse(BulkReadList, (await here.coordinator.ask({ url: paths.bulkReads })).json()).items
const pull = (logbook: string, more = '') => `${paths.pull}?logbook=${encodeURIComponent(logbook)}${more}`
const span = () =>
  `${paths.export}?logbook=${encodeURIComponent(here.gate)}&from=0&to=${centre.clock.now + 1}&locale=en`

describe('who read in bulk', () => {
  it('is noted for first pulls of people and homes, with how much it was; not for what comes day by day', async () => {
    const guard = await here.join('李四', [{ role: 'guard', place: here.compound }])
    const homes = here.gate.replace('gate/', 'homes/')
    const first = await guard.ask({ url: pull(homes) })
    const { next } = JSON.parse(first.body.split('\n')[0] ?? '')
    await guard.ask({ url: pull(homes, `&after=${encodeURIComponent(next)}`) })
    await guard.ask({ url: pull(here.gate) })
    await here.coordinator.ask({ url: pull(`people/${here.community}`) })
    expect(await list()).toMatchObject([
      { act: 'first-pull', name: '王主任', logbook: `people/${here.community}`, rows: 2 },
      { act: 'first-pull', name: '李四', install: guard.id, logbook: homes, rows: 0, at: centre.clock.now },
    ])
  })

  it('is noted where a cursor made by hand begins anywhere, and where the list is read in small bites', async () => {
    const people = `people/${here.community}`
    for (let i = 0; i < 9; i++) await here.join(`志愿者${i}`, [{ role: 'volunteer', place: here.community }])
    const whole = await here.coordinator.ask({ url: pull(people) })
    const { epoch, seq } = JSON.parse(whole.body.split('\n')[0] ?? '')
    const from = (at: number, limit: number) =>
      here.coordinator.ask({ url: pull(people, `&limit=${limit}&after=${epoch}.${people}.${at}`) })
    for (let at = 0; at < seq; at += 2) await from(at, 2)
    const noted = (await list()).filter(({ rows }) => rows === 2)
    // The first bite is a first pull; the last is what a phone that is up to date would ask for.
    expect(noted).toHaveLength(Math.ceil(seq / 2) - 1)
    expect(noted.filter(({ act }) => act === 'first-pull')).toHaveLength(1)
    expect(noted.every(({ logbook }) => logbook === people)).toBe(true)
  })

  it('is not noted for what came since a phone last asked, unless it is much', async () => {
    const homes = here.gate.replace('gate/', 'homes/')
    const put = (count: number) =>
      here.coordinator.push(
        Array.from({ length: count }, (_, i) => ({
          ...{ kind: 'household', logbook: homes, record: v7() },
          body: { home: `1-1-${i}`, people: [] },
        })),
      )
    await put(1)
    const first = await here.coordinator.ask({ url: pull(homes) })
    const { next } = JSON.parse(first.body.split('\n')[0] ?? '')
    await put(100)
    await here.coordinator.ask({ url: pull(homes, `&after=${encodeURIComponent(next)}`) })
    expect((await list()).map(({ act }) => act)).toEqual(['first-pull'])
    await put(1)
    await here.coordinator.ask({ url: pull(homes, `&after=${encodeURIComponent(next)}`) })
    expect((await list()).map(({ act, rows }) => [act, rows])).toEqual([
      ['long-pull', 101],
      ['first-pull', 1],
    ])
    // The same with the scope's news ([SC4]).
    await here.coordinator.ask({ url: `${paths.scope}?after=${encodeURIComponent(next)}` })
    expect((await list()).map(({ rows }) => rows)).toEqual([101, 101, 1])
  })

  it('is noted for exports of either kind, and holds nothing of what was read', async () => {
    const body = { post: here.post, celsius: 36.5, fever: false, name: '张三' }
    await here.coordinator.push([1, 2, 3].map(() => ({ kind: 'reading', logbook: here.gate, body })))
    for (const format of ['csv', 'xlsx'])
      expect((await here.coordinator.ask({ url: `${span()}&format=${format}` })).statusCode).toBe(200)
    const items = await list()
    expect(items.map(({ act, rows }) => [act, rows])).toEqual([
      ['export', 3],
      ['export', 3],
    ])
    expect(JSON.stringify(items)).not.toContain('张三')
  })

  it('where it can’t be noted, nothing is read', async () => {
    centre.services.storage.write = () => Promise.reject(new StorageUnavailable('full'))
    const answer = await here.coordinator.ask({ url: pull(`people/${here.community}`) })
    expect([answer.statusCode, answer.json().type]).toEqual([503, 'gatepost:storage-unavailable'])
    expect((await here.coordinator.ask({ url: pull(here.gate) })).statusCode).toBe(200)
    for (const format of ['csv', 'xlsx'])
      expect((await here.coordinator.ask({ url: `${span()}&format=${format}` })).statusCode).toBe(503)
  })

  it('is noted of an export before any of it goes out, and what follows when it has', async () => {
    const body = { post: here.post, celsius: 36.5, fever: false }
    for (let i = 0; i < 11; i++)
      await here.coordinator.push(
        Array.from({ length: 100 }, () => ({ kind: 'reading', logbook: here.gate, body })),
      )
    const answer = await here.coordinator.ask({ url: `${span()}&format=csv` })
    expect(answer.body.trim().split('\r\n')).toHaveLength(1 + 1100)
    expect((await list()).map(({ act, rows }) => [act, rows])).toEqual([
      ['export', 100],
      ['export', 1000],
    ])
  })
})
