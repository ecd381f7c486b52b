import { v7 } from 'uuid'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { callerFrom } from '../../../src/server/auth/caller.ts'
import type { Outcome } from '../../../src/server/auth/outcome.ts'
import { judgeHeld } from '../../../src/server/sync/held.ts'
import type { WirePage } from '../../../src/protocol/page.ts'
import { TestCentre, type TestPhone } from '../../support/centre.ts'

let centre: TestCentre
let guard: TestPhone
beforeEach(async () => {
  centre = await new TestCentre().settle()
  guard = await centre.phone('guard')
})
afterEach(() => centre.end())

const compound = (id: string): object =>
  centre.patch('place', id, { level: 'compound', name: 'Garden 2', parent: centre.community })
const open = (): ReturnType<typeof centre.storage.quarantineIn> =>
  centre.storage.quarantineIn(centre.community, 10, 'open')

describe('held entries', () => {
  it('[PU7] are stored when their logbook appears', async () => {
    const place = v7()
    const early = centre.passage({}, { logbook: `gate/${place}` })
    const first = await centre.send(guard, [early])
    expect(first.pages[0]?.entries).toEqual([{ n: 1, status: 'held', code: 'unknown-logbook' }])
    const receipt = await centre.send(centre.coordinator, [compound(place)])
    expect(receipt.heads[`gate/${place}`]).toBe(1)
    expect((await centre.storage.entriesById([early.logbook], [early.id]))[0]).toMatchObject({
      n: 1,
      install: guard.row.id,
    })
    expect(await open()).toEqual([])
  })

  it('[PU7] are judged by the same rules then', async () => {
    const place = v7()
    const volunteer = await centre.phone('volunteer')
    await centre.send(volunteer, [centre.passage({}, { logbook: `gate/${place}` })])
    await centre.send(centre.coordinator, [compound(place)])
    expect(await open()).toMatchObject([{ code: 'not-permitted' }])
  })

  it('[PU3] of a page that comes again are looked up without reading all that its phone had put aside', async () => {
    const pages = guard.sealer.sealAll([{ by: guard.member, ...centre.passage({ way: 'sideways' }) }])
    const send = () => centre.push(pages)
    await send()
    const write = centre.storage.write.bind(centre.storage)
    const quarantineOf = () => Promise.reject(new Error('all of it'))
    centre.storage.write = (work, sent) => write((tx) => work(Object.assign(tx, { quarantineOf })), sent)
    expect((await send()).pages[0]).toMatchObject({
      status: 'duplicate',
      entries: [{ n: 1, code: 'invalid' }],
    })
  })

  it('[PU7] are read in parts, however many there are', async () => {
    const place = v7()
    const logbook = `gate/${place}`
    const early = Array.from({ length: 120 }, () => centre.passage({}, { logbook }))
    await centre.send(guard, early.slice(0, 60))
    await centre.send(guard, early.slice(60))
    const sizes: number[] = []
    const held = centre.storage.held.bind(centre.storage)
    centre.storage.held = async (...asked) => {
      const rows = await held(...asked)
      sizes.push(rows.length)
      return rows
    }
    expect(await judgeHeld(centre.storage, centre.now)).toBe(0)
    expect(sizes).toEqual([50, 50, 20])
    await centre.send(centre.coordinator, [compound(place)])
    expect(await open()).toEqual([])
    expect((await centre.storage.logbook(logbook))?.head).toBe(120)
  })

  it('[PU7] are judged again when the centre starts', async () => {
    const fact = centre.passage()
    const line = JSON.stringify({ by: guard.member, ...fact })
    // As an older version left it: the kind was not known then.
    const draft = { install: guard.row.id, member: guard.member, community: centre.community, n: 1, page: 1 }
    const held = {
      code: 'unknown-kind',
      held: true,
      logbook: fact.logbook,
      received: 1,
      arrivalOff: null,
    } as const
    await centre.storage.write((tx) => tx.quarantine([{ ...draft, ...held, line }]))
    expect(await judgeHeld(centre.storage, centre.now)).toBe(1)
    expect(await judgeHeld(centre.storage, centre.now)).toBe(0)
    expect(await centre.storage.entriesById([fact.logbook], [fact.id])).toHaveLength(1)
  })

  it('an edit that arrives before its create waits for it (failure mode 21)', async () => {
    const home = v7()
    const second = await centre.phone('coordinator')
    const edit = await centre.send(second, [centre.patch('household', home, { note: 'dog' }, { seen: 5 })])
    expect(edit.pages[0]?.entries).toEqual([{ n: 1, status: 'held', code: 'invalid' }])
    await centre.send(centre.coordinator, [centre.patch('household', home, { home: '1-1-101', people: [] })])
    const key = { logbook: `homes/${centre.compound}`, kind: 'household', id: home }
    expect((await centre.storage.record(key))?.body).toEqual({ home: '1-1-101', people: [], note: 'dog' })
    expect(await open()).toEqual([])
  })

  it('[FD5] a patch that its schema refuses makes no record worse', async () => {
    const home = v7()
    const receipt = await centre.send(centre.coordinator, [
      centre.patch('household', home, { home: '1-1-101', people: [] }),
      centre.patch('household', home, { home: '', people: 7 }),
      centre.patch('household', v7(), { note: 'no home' }),
    ])
    expect(receipt.pages[0]?.entries.map(({ status, code }) => `${status} ${code}`)).toEqual([
      'quarantined invalid',
      'quarantined invalid',
    ])
    const key = { logbook: `homes/${centre.compound}`, kind: 'household', id: home }
    expect((await centre.storage.record(key))?.body).toEqual({ home: '1-1-101', people: [] })
  })
})

describe('a coordinator’s review', () => {
  const decide = async (phone: TestPhone, decision: 'accept' | 'dismiss'): Promise<Outcome<null>> => {
    const [row] = await open()
    return centre.sync.review(
      await callerFrom(centre.storage, phone.row),
      row?.id ?? -1,
      decision,
      centre.now,
    )
  }

  it('accepts what the author was not permitted to write', async () => {
    await centre.storage.write((tx) => tx.updateInstall(guard.row.id, { status: 'revoked' }))
    const fact = centre.passage()
    await centre.send(guard, [fact])
    expect(await decide(centre.coordinator, 'accept')).toEqual({ ok: true, value: null })
    expect(await centre.storage.entriesById([fact.logbook], [fact.id])).toHaveLength(1)
    expect(await open()).toEqual([])
    expect(await decide(centre.coordinator, 'accept')).toMatchObject({ problem: 'not-found' })
  })

  it('dismisses without losing the text', async () => {
    await centre.send(guard, [centre.passage({ way: 'sideways' })])
    expect(await decide(centre.coordinator, 'dismiss')).toMatchObject({ ok: true })
    expect(await centre.storage.quarantineIn(centre.community, 10)).toMatchObject([
      { status: 'dismissed', code: 'invalid', line: expect.stringContaining('sideways') },
    ])
  })

  it('cannot take what nobody can read, and leaves it where it is', async () => {
    await centre.send(guard, [centre.passage({ way: 'sideways' })])
    expect(await decide(centre.coordinator, 'accept')).toMatchObject({ problem: 'bad-request' })
    expect(await open()).toHaveLength(1)
  })

  it('is for coordinators of that community alone', async () => {
    await centre.send(guard, [centre.passage({ way: 'sideways' })])
    expect(await decide(guard, 'dismiss')).toMatchObject({ problem: 'not-permitted' })
    expect(await open()).toHaveLength(1)
  })
})

describe('[PU3] a page offered again says what is true now of what was put aside', () => {
  const page = (...entries: object[]): WirePage[] =>
    guard.sealer.sealAll(entries.map((entry) => ({ by: guard.member, ...entry })))
  const said = async (pages: WirePage[]): Promise<string[]> =>
    (await centre.push(pages)).pages.flatMap(({ status, entries }) => [
      status,
      ...entries.map((entry) => `${entry.n} ${entry.status} ${entry.code ?? ''}`),
    ])

  it('held for a logbook that appeared: stored; the rest as before ([PU7])', async () => {
    const place = v7()
    const pages = page(
      centre.passage(),
      centre.passage({}, { logbook: `gate/${place}` }),
      centre.passage({ way: 'sideways' }),
    )
    const before = ['2 held unknown-logbook', '3 quarantined invalid']
    expect(await said(pages)).toEqual(['stored', ...before])
    expect(await said(pages)).toEqual(['duplicate', ...before])
    await centre.send(centre.coordinator, [compound(place)])
    expect(await said(pages)).toEqual(['duplicate', '3 quarantined invalid'])
    expect((await centre.push(pages)).heads[`gate/${place}`]).toBe(1)
    expect(await centre.storage.entriesOf(guard.row.id)).toHaveLength(2)
  })

  it('a patch that came before its record: stored when the record has come ([PU7])', async () => {
    const home = v7()
    const worker = await centre.phone('gridWorker')
    const pages = worker.sealer.sealAll([
      { by: worker.member, ...centre.patch('household', home, { note: 'dog' }, { seen: 5 }) },
    ])
    expect(await said(pages)).toEqual(['stored', '1 held invalid'])
    await centre.send(centre.coordinator, [centre.patch('household', home, { home: '1-1-101', people: [] })])
    expect(await said(pages)).toEqual(['duplicate'])
  })

  it('accepted by a coordinator: stored; dismissed: still aside', async () => {
    await centre.storage.write((tx) => tx.updateInstall(guard.row.id, { status: 'revoked' }))
    const pages = page(centre.passage(), centre.passage())
    expect(await said(pages)).toEqual(['stored', '1 quarantined revoked', '2 quarantined revoked'])
    const [second, first] = await open()
    const reviewer = await callerFrom(centre.storage, centre.coordinator.row)
    await centre.sync.review(reviewer, first?.id ?? -1, 'accept', centre.now)
    await centre.sync.review(reviewer, second?.id ?? -1, 'dismiss', centre.now)
    expect(await said(pages)).toEqual(['duplicate', '2 quarantined revoked'])
  })

  it('judged again and refused for another reason: the code of the last judgement', async () => {
    const place = v7()
    const volunteer = await centre.phone('volunteer')
    const pages = volunteer.sealer.sealAll([
      { by: volunteer.member, ...centre.passage({}, { logbook: `gate/${place}` }) },
    ])
    expect(await said(pages)).toEqual(['stored', '1 held unknown-logbook'])
    await centre.send(centre.coordinator, [compound(place)])
    expect(await said(pages)).toEqual(['duplicate', '1 held not-permitted'])
  })

  it('an id that another entry has stays put aside ([PU8])', async () => {
    const fact = centre.passage()
    await centre.send(guard, [fact])
    const pages = page({ ...fact, body: { ...fact.body, way: 'out' } })
    expect(await said(pages)).toEqual(['stored', '2 quarantined id-taken'])
    expect(await said(pages)).toEqual(['duplicate', '2 quarantined id-taken'])
  })
})
