import { v7 } from 'uuid'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { pageMaxBytes } from '../../../src/protocol/page.ts'
import { callerFrom } from '../../../src/server/auth/caller.ts'
import { review } from '../../../src/server/sync/review.ts'
import { isSignedBy } from '../../../src/server/sync/signing.ts'
import { monday, TestCentre, type TestPhone } from '../../support/centre.ts'
import { newKey, pushText, Sealer } from '../../support/pages.ts'

let centre: TestCentre
let guard: TestPhone
const gateLog = (): string => `gate/${centre.compound}`
const ids = async (): Promise<string[]> =>
  (await centre.storage.entries({ logbook: gateLog(), after: 0, limit: 1000 })).map((entry) => entry.id)

beforeEach(async () => {
  centre = await new TestCentre().settle()
  guard = await centre.phone('guard')
})
afterEach(() => centre.end())

describe('a push', () => {
  it('stores every entry and says so', async () => {
    const entries = [centre.passage(), centre.passage()]
    const receipt = await centre.send(guard, entries)
    expect(receipt.pages).toEqual([{ page: 1, hash: expect.any(String), status: 'stored', entries: [] }])
    expect(receipt.heads).toEqual({ [gateLog()]: 2 })
    expect(await ids()).toEqual(entries.map((entry) => entry.id))
  })

  it('[PL8] says nothing of a logbook that none of its entries got into, to its phone or to others', async () => {
    await centre.send(guard, [centre.passage()])
    const volunteer = await centre.phone('volunteer')
    const told: unknown[] = []
    const silence = centre.pokes.subscribe((poke) => told.push(poke))
    const entries = [centre.passage(), centre.passage({}, { logbook: 'anything' })]
    const pages = volunteer.sealer.sealAll(entries.map((entry) => ({ by: volunteer.member, ...entry })))
    expect((await centre.push(pages)).heads).toEqual({})
    expect((await centre.push(pages)).heads).toEqual({})
    silence()
    expect(told).toEqual([])
  })

  it('[PU3] sent twice changes nothing and is answered as the first time', async () => {
    const bad = { ...centre.passage(), kind: 'martian' }
    const pages = guard.sealer.sealAll([
      { by: guard.member, ...centre.passage() },
      { by: guard.member, ...bad },
    ])
    const first = await centre.push(pages)
    const second = await centre.push(pages)
    expect(second.pages[0]).toEqual({ ...first.pages[0], status: 'duplicate' })
    expect(second.heads).toEqual(first.heads)
    expect(await ids()).toHaveLength(1)
    expect(await centre.storage.quarantineIn(centre.community, 10)).toHaveLength(1)
    expect((await centre.storage.install(guard.row.id))?.received).toBe(2)
  })

  it('[PU3] the same page twice in one request is stored once', async () => {
    const [page] = guard.sealer.sealAll([{ by: guard.member, ...centre.passage() }])
    if (!page) throw new Error('no page')
    const receipt = await centre.push([page, page])
    expect(receipt.pages.map((one) => one.status)).toEqual(['stored', 'duplicate'])
    expect(await ids()).toHaveLength(1)
  })

  it('[PG2] a page above 256 KB is acknowledged and put aside whole; what follows is taken, and it can be accepted', async () => {
    const long = centre.passage({ note: 'n'.repeat(900), other: 'o'.repeat(pageMaxBytes) })
    const short = centre.passage()
    const lines = [long, short].map((fact) => JSON.stringify({ by: guard.member, ...fact }))
    const after = centre.passage()
    const receipt = await centre.push([
      guard.sealer.seal(lines),
      ...guard.sealer.sealAll([{ by: guard.member, ...after }]),
    ])
    expect(receipt.pages.map(({ status, entries }) => [status, entries])).toEqual([
      ['stored', [1, 2].map((n) => ({ n, status: 'quarantined', code: 'unreadable' }))],
      ['stored', []],
    ])
    expect(await ids()).toEqual([after.id])
    const open = await centre.storage.quarantineIn(centre.community, 10, 'open')
    expect(open.map(({ line }) => line).sort()).toEqual([...lines].sort())
    const { grants } = await callerFrom(centre.storage, centre.coordinator.row)
    const reviewer = { community: centre.community, grants }
    for (const { id } of open)
      await centre.storage.write((tx) => review(tx, id, 'accept', reviewer, centre.now))
    expect((await ids()).sort()).toEqual([after.id, long.id, short.id].sort())
  })

  it('[PU4] is acknowledged by the signature of the server over the receipt', async () => {
    const pages = guard.sealer.sealAll([{ by: guard.member, ...centre.passage() }])
    const answer = await centre.answer(pushText(...pages))
    if (!answer.ok) throw new Error(answer.problem)
    const { body, signature } = answer.value
    expect(isSignedBy(body, signature, centre.centre.serverKey)).toBe(true)
    expect(isSignedBy(`${body} `, signature, centre.centre.serverKey)).toBe(false)
    expect(isSignedBy(body, signature, guard.sealer.key)).toBe(false)
    expect(JSON.parse(body)).toMatchObject({
      install: guard.row.id,
      epoch: centre.centre.epoch,
      time: monday,
    })
  })

  it('[PU6] one entry that cannot be taken leaves the others of its page alone (failure mode 17)', async () => {
    const [a, b] = [centre.passage(), centre.passage()]
    const lines = [a, b].map((entry) => JSON.stringify({ by: guard.member, ...entry }))
    const page = guard.sealer.seal([lines[0] ?? '', 'no JSON', '{"id":1}', lines[1] ?? ''])
    const receipt = await centre.push([page])
    expect(receipt.pages[0]?.entries).toEqual([
      { n: 2, status: 'quarantined', code: 'unreadable' },
      { n: 3, status: 'quarantined', code: 'unreadable' },
    ])
    expect(await ids()).toEqual([a.id, b.id])
    const aside = await centre.storage.quarantineIn(centre.community, 10)
    expect(aside.map((row) => row.line).sort()).toEqual(['no JSON', '{"id":1}'])
  })

  it('[PU6] names why each entry was put aside', async () => {
    const community = `duty/${centre.community}`
    const volunteer = await centre.phone('volunteer')
    const receipt = await centre.send(guard, [
      centre.passage({}, { kind: 'martian' }),
      centre.passage({}, { v: 99 }),
      centre.passage({ way: 'sideways' }),
      centre.passage({}, { logbook: `gate/${v7()}` }),
      centre.passage({}, { logbook: community }),
      centre.patch('place', centre.compound, { name: 'Mine' }),
      { ...centre.passage(), by: volunteer.member },
    ])
    expect(receipt.pages[0]?.entries.map(({ status, code }) => `${status} ${code}`)).toEqual([
      'held unknown-kind',
      'held newer-version',
      'quarantined invalid',
      'held unknown-logbook',
      'quarantined wrong-logbook',
      'quarantined not-permitted',
      'quarantined author-mismatch',
    ])
    const other = await centre.send(volunteer, [centre.passage()])
    expect(other.pages[0]?.entries).toEqual([{ n: 1, status: 'quarantined', code: 'not-permitted' }])
    expect(await ids()).toEqual([])
  })

  it('[PU8] (failure mode 38) the same entry in another page is a duplicate, another text under its id is kept aside', async () => {
    const entry = { by: guard.member, ...centre.passage() }
    await centre.send(guard, [entry])
    const again = await centre.send(guard, [entry, { ...entry, at: entry.at + 1 }])
    expect(again.pages[0]?.entries).toEqual([
      { n: 2, status: 'duplicate' },
      { n: 3, status: 'quarantined', code: 'id-taken' },
    ])
    expect(await ids()).toEqual([entry.id])
  })

  it('[PU8] an id says nothing about another logbook, also within one page', async () => {
    const fact = centre.passage()
    const patch = {
      ...centre.patch('place', v7(), { level: 'building', name: '1', parent: centre.compound }),
      id: fact.id,
    }
    await centre.send(guard, [fact])
    const receipt = await centre.send(centre.coordinator, [patch, { ...fact, at: 1 }])
    expect(receipt.pages[0]?.entries.map(({ code }) => code)).toEqual(['id-taken'])
    const stored = await centre.storage.entriesById([gateLog(), `duty/${centre.community}`], [fact.id])
    expect(stored.map((row) => row.logbook).sort()).toEqual([`duty/${centre.community}`, gateLog()])
  })

  it('[PU8] the same entry twice in one page is stored once', async () => {
    const entry = centre.passage()
    const receipt = await centre.send(guard, [entry, entry])
    expect(receipt.pages[0]?.entries).toEqual([{ n: 2, status: 'duplicate' }])
  })

  it('[PU10] takes pages of a revoked install, and keeps what is in them aside', async () => {
    await centre.storage.write((tx) => tx.updateInstall(guard.row.id, { status: 'revoked' }))
    const receipt = await centre.send(guard, [centre.passage()])
    expect(receipt.pages[0]).toMatchObject({
      status: 'stored',
      entries: [{ n: 1, status: 'quarantined', code: 'revoked' }],
    })
    expect(await ids()).toEqual([])
  })

  it('[PU10] takes pages of a renewed install as usual', async () => {
    await centre.storage.write((tx) => tx.updateInstall(guard.row.id, { status: 'renewed', renewedTo: v7() }))
    const receipt = await centre.send(guard, [centre.passage()])
    expect(receipt.pages[0]?.entries).toEqual([])
  })

  it('notes what the phone says about itself; of what it holds, what came with the words is no longer there', async () => {
    await centre.send(guard, [centre.passage()], { unsent: 7, app: '1.2.3' })
    const row = await centre.storage.install(guard.row.id)
    expect(row).toMatchObject({ lastHeard: monday, unsent: 6, app: '1.2.3', received: 1 })
  })

  it('pokes after the commit, for the logbooks that changed', async () => {
    const heard: unknown[] = []
    centre.pokes.subscribe((poke) => heard.push(poke))
    const pages = guard.sealer.sealAll([{ by: guard.member, ...centre.passage() }])
    await centre.push(pages)
    await centre.push(pages)
    expect(heard).toEqual([{ logbook: gateLog(), seq: 1 }])
  })
})

describe('[PU5] nothing of a request is stored when', () => {
  const pagesOf = (sealer: Sealer): ReturnType<Sealer['sealAll']> =>
    sealer.sealAll(
      [
        { by: guard.member, ...centre.passage() },
        { by: guard.member, ...centre.passage() },
      ],
      1,
    )
  const problemOf = async (text: string): Promise<string | null> => {
    const answer = await centre.answer(text)
    expect(await ids()).toEqual([])
    return answer.ok ? null : answer.problem
  }

  it('the text is cut off or no pages at all', async () => {
    const text = pushText(...pagesOf(guard.sealer))
    expect(await problemOf(text.slice(0, text.lastIndexOf('\n')))).toBe('page-unreadable')
    expect(await problemOf('<html>Please log in</html>')).toBe('page-unreadable')
    expect(await problemOf('')).toBe('page-unreadable')
  })

  it('an entry was changed on the way', async () => {
    const [first, second] = pagesOf(guard.sealer)
    if (!first || !second) throw new Error('no pages')
    const lines = second.lines.map((line) => line.replace('admit', 'refuse'))
    const changed = { ...second, lines }
    expect(await problemOf(pushText(first, changed))).toBe('signature-invalid')
    expect(await problemOf(pushText(changed))).toBe('signature-invalid')
  })

  it('the signature is of another key', async () => {
    const stranger = new Sealer(guard.row.id, newKey())
    const [one, other] = pagesOf(stranger)
    if (!one || !other) throw new Error('no pages')
    expect(await problemOf(pushText(one))).toBe('signature-invalid')
    expect(await problemOf(pushText(one, other))).toBe('signature-invalid')
    expect(await problemOf(pushText(one, { ...other, signature: one.signature }))).toBe('signature-invalid')
  })

  it('the install is unknown, or the centre itself', async () => {
    expect(await problemOf(pushText(...pagesOf(new Sealer())))).toBe('install-unknown')
    expect(await problemOf(pushText(...pagesOf(new Sealer(centre.centre.install.id))))).toBe(
      'install-unknown',
    )
  })

  it('pages of two installs are in it', async () => {
    const other = await centre.phone('guard')
    const [mine] = pagesOf(guard.sealer)
    const [theirs] = pagesOf(other.sealer)
    if (!mine || !theirs) throw new Error('no pages')
    expect(await problemOf(pushText(mine, theirs))).toBe('bad-request')
  })

  it('[VE1] its version is not spoken', async () => {
    const [page] = pagesOf(guard.sealer)
    if (!page) throw new Error('no page')
    const headerLine = page.headerLine.replace('"v":1', '"v":99')
    expect(await problemOf(pushText({ ...page, headerLine }))).toBe('version-unsupported')
  })
})
