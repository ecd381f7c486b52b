import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { v7 } from 'uuid'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { paths } from '../../../src/protocol/api.ts'
import { asideAbout, findIn, logbooksOf } from '../../../src/server/sync/person/find.ts'
import { erasePerson } from '../../../src/server/sync/person/erase.ts'
import { redacted, withoutOne } from '../../../src/server/sync/person/redact.ts'
import { isAbout } from '../../../src/server/sync/person/terms.ts'
import { wrongTallies } from '../../../src/server/sync/recount.ts'
import { verify } from '../../../src/server/sync/verify/index.ts'
import { openSqlite } from '../../../src/server/storage/sqlite/open.ts'
import { newFolder, removeFolder } from '../../support/folders.ts'
import { invitation } from '../../support/testCentre.ts'
import type { TestPhone } from '../../support/testPhone.ts'
import { makers, storyOn, type Maker, type Open, type Story } from '../../support/tampering.ts'

describe('what is about somebody', () => {
  it('has every word of theirs: as a whole field, or within a note', () => {
    const body = { home: '3-2-501', name: '张三', people: [{ phone: '138-0013 8000' }], note: '找周五' }
    expect(isAbout(body, ['张三'])).toBe(true)
    expect(isAbout(body, ['张三', '3-2-501'])).toBe(true)
    expect(isAbout(body, ['13800138000', '张三'])).toBe(true)
    expect(isAbout(body, ['周五'])).toBe(true)
    expect(isAbout(body, ['张三', '李四'])).toBe(false)
    expect(isAbout({ name: '张三丰' }, ['张三'])).toBe(false)
    expect(isAbout({ home: '3-2-501' }, ['32501'])).toBe(false)
  })

  it('goes from a record and leaves the others in it', () => {
    const people = [{ name: '张三', phone: '138' }, { name: '周五' }]
    expect(redacted({ home: '1', people, note: '张三 ill' }, ['张三'])).toEqual({
      people: [people[1]],
      note: null,
    })
    expect(redacted({ name: '张三', phone: '13800138000' }, ['张三'])).toEqual({ name: '—' })
    expect(redacted({ home: '1', people }, ['张三', '1'])).toEqual({ people: [people[1]] })
    expect(redacted({ home: '1', people }, ['张三', '2'])).toEqual({})
  })

  it('goes from a sheet of names, which keeps its length and the others', () => {
    const names = [{ name: '张三', member: 'm' }, { name: '周五' }, { name: '张三' }]
    const sheet = { unit: 'u', heads: 2, names, way: 'scanned', note: '张三 late' }
    const left = {
      unit: 'u',
      heads: 2,
      names: [{ name: '—' }, { name: '周五' }, { name: '—' }],
      way: 'scanned',
    }
    expect(withoutOne(sheet, ['张三'])).toEqual(left)
    expect(withoutOne({ name: '张三' }, ['张三'])).toBeNull()
    expect(withoutOne({ ...sheet, lead: { name: '张三' } }, ['张三'])).toEqual(left)
  })

  it('is not found any more once it went, whatever the record was', () => {
    const word = fc.constantFrom('张三', '周五', '3-2-501', '13800138000')
    const person = fc.record({ name: word, phone: word }, { requiredKeys: ['name'] })
    const record = fc.record({
      name: word,
      note: fc.constantFrom('张三 ill', 'x'),
      people: fc.array(person),
      skills: fc.array(word),
    })
    fc.assert(
      fc.property(record, word, (body, term) => {
        const left: Record<string, unknown> = { ...body, ...redacted(body, [term]) }
        expect(isAbout(left, [term])).toBe(false)
      }),
    )
  })
})

describe.each(Object.entries(makers))('erasing somebody on %s', (_name, start) => {
  let maker: Maker
  let open: Open
  let story: Story
  beforeAll(async () => void (maker = await start()), 30_000)
  afterAll(() => maker.end())
  beforeEach(async () => {
    open = await maker.open()
    story = await storyOn(open.storage)
  })
  afterEach(async () => {
    await story.centre.end()
    await open.end()
  })

  const everything = async (terms: readonly string[]) => {
    const found = await Promise.all(
      (await logbooksOf(open.storage)).map((row) => findIn(open.storage, row, terms)),
    )
    const aside = await asideAbout(open.storage, await open.storage.communities(), terms)
    return { found: found.filter(({ entries, records }) => entries.length + records.length > 0), aside }
  }

  const dutyBook = async () =>
    (await logbooksOf(open.storage)).find(({ id }) => id.startsWith('duty/'))?.id ?? ''

  it('takes them out of facts, records, what was said later and what was put aside; all else stays', async () => {
    const { storage } = open
    const before = await everything(['张三'])
    expect(
      before.found.map(({ logbook, entries, records }) => [logbook.id, entries.length, records.length]),
    ).toEqual(
      expect.arrayContaining([
        [story.gate, 4, 0],
        [story.homes, 1, 1],
      ]),
    )
    expect(before.aside).toHaveLength(1)
    expect(await erasePerson(storage, story.centre.services.pen, ['张三'])).toEqual({
      entries: 5,
      records: 1,
      aside: 1,
    })
    expect(await everything(['张三'])).toEqual({ found: [], aside: [] })
    const [home] = await storage.records(story.homes, 'household')
    expect(home?.body).toMatchObject({ home: '3-2-501', people: [{ name: '周五' }], plates: ['京A12345'] })
    const readings = await storage.entries({ logbook: story.gate, after: 0, limit: 50, kinds: ['reading'] })
    expect(readings.map(({ line }) => line !== null)).toEqual(
      [0, 1, 2, 3, 4, 5, 6, 7, 8].map((i) => i % 3 !== 0),
    )
    expect((await verify(storage)).findings).toEqual([])
    expect(await wrongTallies(storage, story.gate)).toEqual([])
    expect(await erasePerson(storage, story.centre.services.pen, ['张三'])).toEqual({
      entries: 0,
      records: 0,
      aside: 0,
    })
  })

  it('reaches phones: a pull shows the rewritten record, and nothing of the erased entries', async () => {
    await erasePerson(open.storage, story.centre.services.pen, ['张三'])
    for (const logbook of [story.gate, story.homes]) {
      const answer = await story.guard.ask({
        url: `${paths.pull}?all=1&logbook=${encodeURIComponent(logbook)}`,
      })
      expect(answer.statusCode).toBe(200)
      expect(answer.body).not.toMatch(/张三|张\*/)
    }
  })

  it('leaves the others of a unit’s sign-in, the counts, and a chain that holds', async () => {
    const { storage } = open
    const { centre, guard } = story
    const duty = await dutyBook()
    const body = { unit: story.ids[0], heads: 3, names: [{ name: '张三' }, { name: '周五' }], way: 'typed' }
    await guard.push([{ kind: 'unitSignIn', logbook: duty, body }])
    await erasePerson(storage, centre.services.pen, ['张三'])
    const [left] = await storage.entries({ logbook: duty, after: 0, limit: 50, kinds: ['unitSignIn'] })
    expect(JSON.parse(left?.line ?? '{}').body).toMatchObject({
      heads: 3,
      names: [{ name: '—' }, { name: '周五' }],
    })
    expect((await verify(storage)).findings).toEqual([])
    expect(await wrongTallies(storage, duty)).toEqual([])
    expect(await everything(['张三'])).toEqual({ found: [], aside: [] })
  })

  it('takes what was said later about a check-in as well, wherever it is kept', async () => {
    const { storage } = open
    const duty = await dutyBook()
    const body = { post: story.ids[0], name: '张四', way: 'hand' }
    const arrival = { kind: 'checkIn', logbook: duty, id: v7(), body }
    const patch = { target: arrival.id, patch: { name: '张三' } }
    await story.guard.push([arrival, { kind: 'amendment', logbook: duty, body: patch }])
    expect(await storage.corrections(duty, [arrival.id])).toHaveLength(1)
    await erasePerson(storage, story.centre.services.pen, ['张三'])
    expect(await storage.corrections(duty, [arrival.id])).toEqual([])
    expect((await verify(storage)).findings).toEqual([])
    expect(await wrongTallies(storage, duty)).toEqual([])
  })

  it('takes check-ins with their card in it, which has the whole name on it', async () => {
    const { storage } = open
    const duty = await dutyBook()
    const [community] = await storage.communities()
    const record = v7()
    const member = { name: '张三', grants: [] }
    await story.coordinator.push([{ kind: 'member', logbook: `people/${community}`, record, body: member }])
    const asked = { method: 'POST' as const, url: paths.cards, body: { members: [record] } }
    const proof = (await story.coordinator.ask(asked)).json().cards[0].text
    const arrival = { kind: 'checkIn', logbook: duty }
    await story.guard.push([
      { ...arrival, body: { post: story.ids[0], member: record, way: 'card', proof } },
      { ...arrival, body: { post: story.ids[0], member: record, way: 'hand' } },
    ])
    await erasePerson(storage, story.centre.services.pen, ['张三'])
    const left = await storage.entries({ logbook: duty, after: 0, limit: 50, kinds: ['checkIn'] })
    expect(left.map(({ line }) => line === null)).toEqual([true, false])
  })

  it('takes what is about them only together: a correction with its fact, a former version with its record', async () => {
    const { storage } = open
    const { coordinator, guard, gate, homes } = story
    const body = { post: story.ids[0], celsius: 36, fever: false, home: '9-9-901', name: '赵山' }
    const fact = { kind: 'reading', logbook: gate, id: v7(), body }
    const put = { kind: 'correction', logbook: gate, body: { target: fact.id, patch: { name: '赵云' } } }
    await guard.push([fact, put])
    const record = v7()
    const said = (one: Record<string, unknown>, seen = 0) =>
      coordinator.push([{ kind: 'household', logbook: homes, record, seen, body: one }])
    await said({ home: '9-9-901', people: [{ name: '周五' }], note: '9-9-901: ring twice' })
    await said({ people: [{ name: '周五' }, { name: '赵云' }] }, 2)
    await said({ people: [{ name: '周五' }] }, 3)
    const whole = () =>
      Promise.all([
        storage.entries({ logbook: gate, after: 0, limit: 50 }),
        storage.entries({ logbook: homes, after: 0, limit: 50 }),
        storage.corrections(gate, [fact.id]),
      ])
    expect(JSON.stringify(await whole())).toContain('赵云')
    const found = await everything(['赵云', '9-9-901'])
    expect(found.found.map(({ entries, records }) => [entries.length, records.length]).sort()).toEqual([
      [2, 0],
      [2, 0],
    ])
    await erasePerson(storage, story.centre.services.pen, ['赵云', '9-9-901'])
    expect(JSON.stringify(await whole())).not.toMatch(/赵云|赵山/)
    expect((await storage.record({ logbook: homes, kind: 'household', id: record }))?.body).toMatchObject({
      people: [{ name: '周五' }],
      note: '9-9-901: ring twice',
    })
    expect((await verify(storage)).findings).toEqual([])
  })

  it('takes a value that lost, which is about them only together with its record', async () => {
    const { storage } = open
    const [community] = await storage.communities()
    const other = await story.centre.phone()
    const grants = [{ role: 'gridWorker' as const, place: community ?? '' }]
    await other.enrol(await invitation(story.coordinator, grants), '钱八')
    const record = v7()
    const said = (phone: TestPhone, body: Record<string, unknown>) =>
      phone.push([{ kind: 'household', logbook: story.homes, record, body }])
    await said(story.coordinator, { home: '9-9-901', people: [{ name: '赵云' }] })
    await said(other, { people: [{ name: '周五' }] })
    const key = { logbook: story.homes, kind: 'household', id: record }
    expect((await storage.record(key))?.lost).toHaveLength(1)
    await erasePerson(storage, story.centre.services.pen, ['赵云', '9-9-901'])
    expect((await storage.record(key))?.lost).toEqual([])
  })

  it('a page that a phone offers again brings nothing back ([PU3], [PU8])', async () => {
    const { guard, gate } = story
    const entry = {
      kind: 'reading',
      logbook: gate,
      body: { post: story.ids[0], celsius: 36, fever: false, name: '张三' },
    }
    const page = guard.seal([entry])
    await guard.send([page])
    await erasePerson(open.storage, story.centre.services.pen, ['张三'])
    expect((await guard.send([page])).json().pages[0].status).toBe('duplicate')
    expect((await guard.send([guard.sealLines(page.lines)])).json().pages[0].entries).toMatchObject([
      { status: 'duplicate' },
    ])
    expect(await everything(['张三'])).toEqual({ found: [], aside: [] })
  })
})

it('what was erased of somebody stands nowhere in SQLite’s file or its journal, not even where nothing points', async () => {
  const folder = newFolder('erased')
  const storage = await openSqlite({ file: join(folder, 'gatepost.db'), durable: false })
  const story = await storyOn(storage)
  const names = Array.from({ length: 40 }, (_, i) => `刘备${i}号`)
  const body = { post: story.ids[0], celsius: 36, fever: false, note: 'x'.repeat(800) }
  for (const name of names)
    await story.guard.push([{ kind: 'reading', logbook: story.gate, body: { ...body, name } }])
  const left = () => {
    const files = readdirSync(folder).map((name) => readFileSync(join(folder, name), 'latin1'))
    return names.filter((name) => files.some((text) => text.includes(Buffer.from(name).toString('latin1'))))
  }
  expect(left()).toEqual(names)
  for (const name of names) await erasePerson(storage, story.centre.services.pen, [name])
  const open = left()
  await story.centre.end()
  await storage.close()
  expect({ open, closed: left() }).toEqual({ open: [], closed: [] })
  removeFolder(folder)
})
