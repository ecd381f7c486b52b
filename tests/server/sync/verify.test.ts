import { DatabaseSync } from 'node:sqlite'
import { v7 } from 'uuid'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { paths } from '../../../src/protocol/api.ts'
import { wirePages } from '../../../src/protocol/page.ts'
import { callerFrom } from '../../../src/server/auth/caller.ts'
import { erasePerson } from '../../../src/server/sync/person/erase.ts'
import { retain } from '../../../src/server/sync/retention.ts'
import { verify } from '../../../src/server/sync/verify/index.ts'
import type { InstallRow } from '../../../src/server/storage/rows.ts'
import { openSqlite } from '../../../src/server/storage/sqlite/open.ts'
import { newFolder, removeFolder } from '../../support/folders.ts'
import { Sealer } from '../../support/pages.ts'
import { writeReleased } from '../../support/released.ts'
import { makers, storyOn, type Maker, type Open, type Story } from '../../support/tampering.ts'

/** Exchanges the values of a whole-number column between two rows; a key may not be the same twice for a moment. */
const swap = (table: string, column: string, where: string, a: number, b: number): string =>
  [
    [a, -1],
    [b, a],
    [-1, b],
  ]
    .map(([from, to]) => `update ${table} set ${column} = ${to} where ${where} and ${column} = ${from};`)
    .join('\n')

const day = 86_400_000

describe.each(Object.entries(makers))('verify on %s', (_name, start) => {
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
  const found = async () => (await verify(open.storage)).findings
  const ofGuard = () => `install = '${story.guard.id}'`
  const inGate = () => `logbook = '${story.gate}'`
  /** The guard's nine readings are the first nine of the gate, then the correction. */
  const first = (wrong: string, page: number, n?: number) => [
    expect.objectContaining({ wrong, install: story.guard.id, page, ...(n === undefined ? {} : { n }) }),
  ]

  it('finds every chain whole, what came twice and what was put aside too ([PG3], [PG4])', async () => {
    const verdict = await verify(open.storage)
    expect(verdict).toMatchObject({ findings: [], awaited: [] })
    expect(verdict.entries).toBeGreaterThanOrEqual(3 + 5 + 4)
    expect(verdict.installs).toBe(3)
  })

  it('[PG4] finds them whole when bodies were erased, by time or for somebody, and sees what is altered then', async () => {
    await erasePerson(open.storage, story.centre.services.pen, ['张三'])
    expect(await found()).toEqual([])
    story.centre.clock.now += 20 * day
    expect(await retain(open.storage, story.centre.clock.now)).toBeGreaterThan(0)
    expect(await found()).toEqual([])
    await open.sql(`update entries set digest = 'forged' where ${inGate()} and seq = 2`)
    expect(await found()).toEqual(first('altered', 1, 2))
  })

  it('names an entry that was altered', async () => {
    await open.sql(`update entries set line = replace(line, '36.5', '38.5') where ${inGate()} and seq = 5`)
    expect(await found()).toEqual(first('altered', 2, 5))
  })

  it.each(["kind = 'hidden'", 'at = at + 3600000', "id = 'another'"])(
    'names an entry beside whose line something was altered: %s',
    async (change) => {
      const { guard, gate } = story
      const off = 5
      const body = { post: story.ids[0], celsius: 36, fever: false }
      const entry = { ...guard.entry({ kind: 'reading', logbook: gate, body }), off }
      await guard.send([guard.sealLines([JSON.stringify(entry)])])
      expect(await found()).toEqual([])
      await open.sql(`update entries set ${change} where ${inGate()} and seq = 11`)
      expect(await found()).toEqual(first('altered', 4, 13))
    },
  )

  it('names an entry that was taken out', async () => {
    await open.sql(`delete from entries where ${inGate()} and seq = 5`)
    expect(await found()).toContainEqual(first('missing', 2, 5)[0])
    expect(await found()).toContainEqual({ wrong: 'missing', logbook: story.gate, seq: 5 })
  })

  it('names an entry that was taken out though its neighbours are erased', async () => {
    await erasePerson(open.storage, story.centre.services.pen, ['张三'])
    await open.sql(`delete from entries where ${inGate()} and seq = 5`)
    expect(await found()).toContainEqual(first('missing', 2, 5)[0])
  })

  it('names entries that changed places within their page', async () => {
    await open.sql(swap('entries', 'n', `${ofGuard()} and page = 1`, 1, 2))
    expect(await found()).toEqual(first('reordered', 1, 1))
  })

  it('names entries that changed places in their logbook, across pages', async () => {
    await open.sql(swap('entries', 'seq', inGate(), 2, 8))
    expect(await found()).toContainEqual(first('reordered', 1, 2)[0] ?? {})
  })

  it('names a page that was altered, and one whose place in the chain was', async () => {
    await open.sql(
      `update pages set header_line = replace(header_line, '"first":4', '"first":5') where ${ofGuard()} and page = 2`,
    )
    expect(await found()).toEqual(first('altered', 2))
  })

  it('names a page that was taken out, the last as well', async () => {
    await open.sql(`delete from pages where ${ofGuard()} and page = 3`)
    expect(await found()).toContainEqual(first('missing', 4 - 1)[0])
    await open.sql(`delete from pages where ${ofGuard()} and page = 2`)
    expect((await found())[0]).toMatchObject({ wrong: 'missing', page: 2 })
  })

  it('names pages that changed places', async () => {
    await open.sql(swap('pages', 'page', ofGuard(), 1, 2))
    expect(await found()).toEqual(expect.arrayContaining(first('altered', 1)))
  })

  it('names an entry that was taken out of what was put aside, or altered there', async () => {
    await open.sql(`update quarantine set line = replace(line, '3-2-501', '3-2-502') where ${ofGuard()}`)
    expect(await found()).toEqual(first('altered', 2, 7))
    await open.sql(`delete from quarantine where ${ofGuard()}`)
    expect(await found()).toEqual(first('missing', 2, 7))
  })

  it('names an entry that no page brought', async () => {
    const columns = 'install, n, page, kind, record, post, at, received, flags, line, mask, digest'
    await open.sql(`insert into entries (logbook, seq, id, ${columns})
      select logbook, 11, 'forged', ${columns} from entries where ${inGate()} and seq = 1`)
    expect(await found()).toEqual([{ wrong: 'unfounded', logbook: story.gate, seq: 11 }])
    await open.sql(`update logbooks set head = 11 where id = '${story.gate}'`)
    expect(await found()).toEqual([])
    await open.sql(`update entries set line = replace(line, '36.5', '36.6') where ${inGate()} and seq = 11`)
    expect(await found()).toEqual([{ wrong: 'unfounded', logbook: story.gate, seq: 11 }])
  })

  it('[PU9] does not mind a page that has not come yet, and says which', async () => {
    const { guard, gate } = story
    const seal = () =>
      guard.seal([
        { kind: 'reading', logbook: gate, body: { post: story.ids[0], celsius: 36, fever: false } },
      ])
    seal()
    await guard.send([seal()])
    expect(await verify(open.storage)).toMatchObject({
      findings: [],
      awaited: [{ install: guard.id, page: 4 }],
    })
  })

  it('[PU9] comes to an end whatever number a page has', async () => {
    const { guard } = story
    const far = guard.sealLines(['far'], { page: 2 ** 39 })
    expect((await guard.send([far])).statusCode).toBe(200)
    expect(await verify(open.storage)).toMatchObject({
      findings: [],
      awaited: [{ install: guard.id, page: 4 }],
    })
  })

  it('[FO1] does not mind a fork, which was told of when it came', async () => {
    const { guard, gate, centre } = story
    const row = await open.storage.install(guard.id)
    const cloned = new Sealer()
    if (row)
      await open.storage.write((tx) =>
        tx.insertInstall({ ...row, id: cloned.install, key: cloned.key, received: 0 }),
      )
    const page = () => cloned.seal([JSON.stringify(guard.entry({ kind: 'later', logbook: gate, body: {} }))])
    const pages = [page()]
    const place = cloned.place
    pages.push(page())
    cloned.rewind(place)
    pages.push(page())
    for (const one of pages)
      await centre.app.inject({ method: 'POST', url: paths.push, payload: wirePages([one]) })
    expect((await open.storage.pagesOf(cloned.install)).map((one) => one.outcome.status)).toContain('forked')
    expect(await found()).toEqual([])
  })

  it('does not mind what was decided long ago and is forgotten among what was put aside', async () => {
    await open.sql(`update quarantine set status = 'dismissed', line = '' where ${ofGuard()}`)
    expect(await found()).toEqual([])
  })

  it('[PU7] knows by its digest what was put aside first, taken later and then forgotten there', async () => {
    const { guard, centre } = story
    const compound = v7()
    const page = guard.seal([
      { kind: 'reading', logbook: `gate/${compound}`, body: { post: v7(), celsius: 36, fever: false } },
    ])
    await guard.send([page])
    const [community = ''] = await open.storage.communities()
    await centre.services.pen.rewrite(
      { logbook: `duty/${community}`, kind: 'place', id: compound },
      { level: 'compound', name: '二号院', parent: community },
    )
    const [taken] = await open.storage.quarantineIn(community, 1)
    await centre.services.sync.review(
      {
        ...(await callerFrom(open.storage, centreInstall(await open.storage.installsIn(community)))),
        community,
      },
      taken?.id ?? 0,
      'accept',
      centre.clock.now,
    )
    expect((await open.storage.quarantined(taken?.id ?? 0))?.status).toBe('accepted')
    expect(await found()).toEqual([])
    await open.sql(`update quarantine set line = '' where id = ${taken?.id}`)
    expect(await found()).toEqual([])
    await open.sql(`update entries set line = replace(line, '36', '37') where logbook = 'gate/${compound}'`)
    expect(await found()).toEqual([{ wrong: 'unfounded', logbook: `gate/${compound}`, seq: 1 }])
  })
})

/** The first to be enrolled is the coordinator's. */
function centreInstall([first]: readonly InstallRow[]): InstallRow {
  if (!first) throw new Error('nobody is enrolled')
  return first
}

describe('a database of 0.1.0', () => {
  let folder: string
  beforeAll(() => void (folder = newFolder('verify')))
  afterAll(() => removeFolder(folder))

  it('is followed by its lines themselves, since its pages kept no digests', async () => {
    const file = `${folder}/test.db`
    writeReleased('0.1.0', file)
    const storage = await openSqlite({ file })
    expect((await verify(storage)).findings).toEqual([])
    const [community = ''] = await storage.communities()
    const gate =
      (await storage.logbooksUnder([community])).find(({ purpose }) => purpose === 'gate')?.id ?? ''
    const [row] = await storage.entries({ logbook: gate, after: 0, limit: 1 })
    const db = new DatabaseSync(file, { timeout: 5000 })
    db.exec(`update entries set line = replace(line, '36.5', '38.5') where logbook = '${gate}' and seq = 1`)
    db.close()
    expect((await verify(storage)).findings).toMatchObject([{ install: row?.install, page: 1 }])
    await storage.close()
  })
})
