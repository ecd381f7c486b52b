import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { Entry, Fact } from '../../../src/domain/entry.ts'
import { passageDraft, passageDrafts } from '../../support/drafts.ts'
import { eventually, quiet } from '../../support/eventually.ts'
import { type FakeCentre, gateBook, homesBook, samplePost } from '../../support/fakeCentre.ts'
import { device, enrolledTab, openTab, type Device, type Tab } from '../../support/clientPhone.ts'
import { phoneAtCentre } from '../../support/phoneAtCentre.ts'

let phone: Device
let centre: FakeCentre
let tab: Tab

async function start() {
  ;({ phone, centre } = await phoneAtCentre())
  tab = await enrolledTab(phone)
  await eventually('first sync', () => tab.status().firstSyncDone)
}
beforeEach(start)
afterEach(() => tab.close())

let made = 0
const theirs = (): Entry => ({
  id: `018f0000-0000-7000-8000-${String(++made).padStart(12, '0')}`,
  kind: 'passage',
  v: 1,
  logbook: gateBook,
  at: phone.time.clock.now(),
  by: '018f0000-0000-7000-8000-0000000000c1',
  body: { post: samplePost, way: 'in', subject: 'person', how: 'none', decision: 'admit' },
})

/** What a follower has been told, newest state of each fact, and how often. */
function follow(since = 0) {
  const told: { facts: Fact[]; first: boolean }[] = []
  const byId = new Map<string, Fact>()
  const stop = tab.open.store.followFacts(gateBook, since, (facts, first) => {
    told.push({ facts, first })
    for (const fact of facts) byId.set(fact.id, fact)
  })
  return { told, byId, stop }
}

const offline = () => {
  phone.transport = device().transport
}
const online = () => {
  phone.transport = centre.transport
  tab.sync.control.tryNow()
}

describe('following facts', () => {
  it('tells all at first, also where there is nothing yet', async () => {
    const { told } = follow()
    await eventually('told', () => told.length === 1)
    expect(told).toEqual([{ facts: [], first: true }])
  })

  it('then only what is new or changed: saved, then sent', async () => {
    offline()
    await tab.open.store.save(passageDrafts(3))
    const { told } = follow()
    await eventually('first', () => told.length === 1)
    const [one] = await tab.open.store.save([passageDraft()])
    await eventually('new', () => told.length === 2)
    expect(told[1]).toMatchObject({
      first: false,
      facts: [{ id: one?.id, state: 'saved', mine: true, seq: null }],
    })
    online()
    const later = () => told.slice(2).flatMap(({ facts }) => facts)
    await eventually('sent', () => later().length >= 4)
    await quiet()
    expect(later().map(({ state }) => state)).toEqual(Array(4).fill('sent'))
  })

  it('takes over what this tab saves without reading it again', async () => {
    const { told } = follow()
    await eventually('first', () => told.length === 1)
    const reading = vi.spyOn(tab.open.db, 'transaction').mockImplementation(() => {
      throw new Error('nothing is to be read')
    })
    const [one] = await tab.open.store.save([passageDraft()])
    await eventually('told', () => told.length === 2)
    reading.mockRestore()
    expect(told[1]?.facts).toMatchObject([{ id: one?.id, state: 'saved', mine: true }])
  })

  it('takes over what this tab pulls without reading it again, and reads on after it', async () => {
    const { told, byId } = follow()
    await eventually('first', () => told.length === 1)
    const reading = vi.spyOn(tab.open.db.segments, 'where')
    centre.arrive(theirs())
    online()
    await eventually('told', () => byId.size === 1)
    await quiet()
    const looked = reading.mock.calls.filter(([index]) => String(index) === '[logbook+to]')
    expect(looked).toEqual([])
    reading.mockRestore()
    // More than are handed on are read from the disk.
    for (let n = 0; n < 60; n++) centre.arrive(theirs())
    online()
    await eventually('all', () => byId.size === 61)
    centre.arrive(theirs())
    online()
    await eventually('one more', () => byId.size === 62)
    await quiet()
    expect(told.flatMap(({ facts }) => facts)).toHaveLength(62)
  })

  it('reads what another tab pulled, and takes over nothing that would leave a gap', async () => {
    const { byId } = follow()
    const other = await openTab(phone)
    await eventually('first', async () => (await tab.open.db.cursors.count()) > 0)
    tab.open.arrived.tell({ logbook: gateBook, epoch: 'epoch-1', after: 5, seq: 6, factLines: ['{"s":6}'] })
    centre.arrive(theirs())
    online()
    await eventually('read', () => byId.size === 1)
    other.close()
  })

  it('reads what another tab saves, and counts on after it', async () => {
    offline()
    const { byId } = follow()
    const other = await openTab(phone)
    await other.open.store.save([passageDraft()])
    await eventually('read', () => byId.size === 1)
    await tab.open.store.save(passageDrafts(2))
    await eventually('taken over', () => byId.size === 3)
    other.close()
  })

  it('tells of attention, and of its settlement', async () => {
    centre.judge = () => 'invalid'
    const { byId } = follow()
    const [one] = await tab.open.store.save([passageDraft()])
    const state = () => byId.get(one?.id ?? '')?.state
    await eventually('attention', () => state() === 'attention')
    await tab.open.store.settleAttention(1)
    await eventually('settled', () => state() === 'sent')
    expect(byId.get(one?.id ?? '')?.aside).toBe(true)
    const later = follow()
    await eventually('read anew', () => later.told.length === 1)
    expect(later.byId.get(one?.id ?? '')).toMatchObject({ state: 'sent', aside: true })
  })

  it('[PL7] an own claim waits without an order number, and a pull brings it', async () => {
    const logbook = `duty/${tab.open.identity.get()?.community}`
    const body = { shift: samplePost, member: tab.open.identity.get()?.member, name: '张三', act: 'take' }
    const byId = new Map<string, Fact>()
    tab.open.store.followFacts(logbook, 0, (facts) => facts.forEach((fact) => byId.set(fact.id, fact)))
    const [claim] = await tab.open.store.save([{ kind: 'claim', logbook, body }])
    const told = () => byId.get(claim?.id ?? '')
    await eventually('sent', () => told()?.state === 'sent')
    expect(told()?.seq).toBeNull()
    if (claim) centre.arrive(claim)
    tab.sync.control.tryNow()
    await eventually('decided', () => told()?.seq !== null)
    expect(told()).toMatchObject({ state: 'sent', mine: true })
  })

  it('leaves out what is older, of other logbooks, and documents', async () => {
    const now = phone.time.clock.now()
    await tab.open.store.save([
      { ...passageDraft(), at: now - 1000 },
      { ...passageDraft(), at: now },
      { ...passageDraft(), logbook: homesBook },
      { kind: 'household', logbook: gateBook, body: { home: '1', people: [] } },
    ])
    centre.arrive({ ...theirs(), at: now - 1000 })
    online()
    const { told, byId } = follow(now)
    await eventually('first', () => told.length === 1)
    await quiet()
    expect([...byId.values()].map(({ at }) => at)).toEqual([now])
  })

  it('tells of an own fact once, also when a pull brings it (a phone that renewed)', async () => {
    const [one] = await tab.open.store.save([passageDraft()])
    await eventually('sent', () => tab.status().received === 1)
    if (one) centre.arrive(one, 'an install before')
    const { told, byId } = follow()
    online()
    await eventually('pulled', async () => (await tab.open.db.segments.count()) === 1)
    await quiet()
    expect(byId.size).toBe(1)
    expect(told.flatMap(({ facts }) => facts)).toHaveLength(1)
    expect([...byId.values()][0]?.mine).toBe(true)
  })

  it('(failure mode 13) tells of kinds and versions that this app does not know', async () => {
    const kind: string = 'whistle'
    centre.arrive({ ...theirs(), kind, v: 9, body: { loud: true } })
    online()
    const { byId } = follow()
    await eventually('told', () => byId.size === 1)
    expect([...byId.values()][0]).toMatchObject({ kind, v: 9, body: { loud: true } })
  })

  it('reads no line twice: a text is cut where the last look ended', async () => {
    const { told, byId } = follow()
    await eventually('first', () => told.length === 1)
    for (let i = 1; i <= 10; i++) {
      centre.arrive(theirs())
      centre.poke({ logbook: gateBook, seq: i })
      await eventually('told', () => byId.size === i)
    }
    expect(told.slice(1).map(({ facts }) => facts.length)).toEqual(Array(10).fill(1))
  })

  it('whatever the order of saves, arrivals and networks, a late follower sees the same as an early one', async () => {
    const act = fc.constantFrom('save', 'arrive', 'offline', 'online', 'reject')
    await fc.assert(
      fc.asyncProperty(fc.array(act, { maxLength: 25 }), async (acts) => {
        tab.close()
        await start()
        const early = follow()
        for (const one of acts) {
          if (one === 'save') await tab.open.store.save(passageDrafts(2))
          if (one === 'arrive') centre.arrive(theirs())
          if (one === 'offline') offline()
          if (one === 'online') online()
          if (one === 'reject') centre.judge = centre.judge({ ...theirs() }) ? () => null : () => 'invalid'
        }
        online()
        const expected =
          acts.filter((one) => one === 'arrive').length + 2 * acts.filter((one) => one === 'save').length
        await eventually('sent', () => tab.status().received === tab.status().logged)
        await eventually('early has all', () => early.byId.size === expected)
        await eventually('no fact waits', () =>
          [...early.byId.values()].every(({ state }) => state !== 'saved'),
        )
        // What has just been pulled may not be on the disk yet: then it comes in its turn.
        const late = follow()
        await eventually('late has all', () => late.byId.size === expected)
        expect([...late.byId.values()].toSorted(byId)).toEqual([...early.byId.values()].toSorted(byId))
        expect(late.told.flatMap(({ facts }) => facts)).toHaveLength(expected)
        const last = follow()
        await eventually('the last one has all', () => last.told.length > 0)
        expect(last.told[0]?.facts).toHaveLength(expected)
      }),
      { numRuns: 15 },
    )
  }, 60_000)
})

const byId = (a: Fact, b: Fact): number => (a.id < b.id ? -1 : 1)
