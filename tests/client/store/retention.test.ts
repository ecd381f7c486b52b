import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Entry } from '../../../src/domain/entry.ts'
import { kinds } from '../../../src/domain/kinds/index.ts'
import { putMeta } from '../../../src/client/store/database.ts'
import { upkeep, upkeepAfterMs, upkeepEveryMs } from '../../../src/client/sync/upkeep.ts'
import { ownKeptDays } from '../../../src/client/store/retention.ts'
import { homeDraft, passageDraft, passageDrafts } from '../../support/drafts.ts'
import { eventually, quiet } from '../../support/eventually.ts'
import {
  type FakeCentre,
  gateBook,
  homesBook,
  sampleCommunity,
  samplePost,
} from '../../support/fakeCentre.ts'
import { device, enrolledTab, openTab, type Device, type Tab } from '../../support/clientPhone.ts'
import { phoneAtCentre } from '../../support/phoneAtCentre.ts'

const dayMs = 86_400_000
let phone: Device
let centre: FakeCentre
let tab: Tab

beforeEach(async () => {
  ;({ phone, centre } = await phoneAtCentre())
})
afterEach(() => tab.close())

let made = 0
const fact = (kind: string, body: Record<string, unknown>): Entry => ({
  id: `018f0000-0000-7000-8000-${String(++made).padStart(12, '0')}`,
  kind,
  v: 1,
  logbook: gateBook,
  at: phone.time.clock.now(),
  by: '018f0000-0000-7000-8000-0000000000c1',
  body,
})
const passage = () => fact('passage', { post: samplePost })
const handover = () => fact('handover', { post: samplePost })

/** Days go by without any network and without the hourly work, which the test calls itself. */
const days = (count: number) => phone.time.set(phone.time.clock.now() + count * dayMs)
/** As `days`, with a contact now and then, so that no lease ends. */
async function daysInContact(count: number) {
  tab.open.keeper.slept()
  days(count)
  await putMeta(tab.open.db, { contact: { at: phone.time.clock.now() } })
}
const kindsHeld = async () => {
  const texts = (await tab.open.db.segments.toArray()).flatMap(({ text }) => text.split('\n'))
  return texts.map((line): string => JSON.parse(line).e.kind)
}
const enrol = async () => {
  tab = await enrolledTab(phone)
  await eventually('first sync', () => tab.status().firstSyncDone)
  // The contact is written down, too, before a test moves the clock.
  await quiet()
}

describe('pulled facts', () => {
  it('leave the phone after their kind’s days, each kind by its own', async () => {
    for (const one of [passage(), handover(), passage()]) centre.arrive(one)
    await enrol()
    await daysInContact(2)
    await upkeep(tab)
    expect(await kindsHeld()).toEqual(['passage', 'handover', 'passage'])
    await daysInContact(2)
    await upkeep(tab)
    expect(await kindsHeld()).toEqual(['handover'])
    await daysInContact(4)
    await upkeep(tab)
    expect(await kindsHeld()).toEqual([])
  })

  it('of a kind that this app does not know stay as long as the longest it knows', async () => {
    centre.arrive(fact('whistle', {}))
    await enrol()
    await daysInContact(5)
    await upkeep(tab)
    expect(await kindsHeld()).toEqual(['whistle'])
  })
})

describe('own entries', () => {
  it('[EP2] are held 30 days after they were sent, then go with their page; the counts stay', async () => {
    await enrol()
    await tab.open.store.save(passageDrafts(3))
    await eventually('sent', () => tab.status().received === 3)
    phone.transport = device().transport
    tab.open.keeper.slept()
    days(ownKeptDays - 1)
    await upkeep(tab)
    expect(await tab.open.db.own.count()).toBe(3)
    tab.open.keeper.slept()
    days(2)
    await upkeep(tab)
    expect(await tab.open.db.own.count()).toBe(0)
    expect(await tab.open.db.pages.count()).toBe(0)
    await tab.open.store.save([passageDraft()])
    await eventually('counted', () => tab.status().logged === 4)
    expect(tab.status()).toMatchObject({ received: 3, waiting: 1 })
  })

  it('(failure mode 33) that were not sent never go, whatever the time', async () => {
    await enrol()
    phone.transport = device().transport
    await tab.open.store.save(passageDrafts(3))
    tab.open.keeper.slept()
    days(4000)
    await upkeep(tab)
    expect(await tab.open.db.own.count()).toBe(3)
  })

  it('that were sent are read by no screen beyond their kind’s days on a phone, though kept for a restore', async () => {
    centre.judge = ({ body }) => (body['note'] === 'sample 0' ? 'invalid' : null)
    await enrol()
    const home = '018f0000-0000-7000-8000-0000000000b1'
    await tab.open.store.save([...passageDrafts(2), homeDraft(home, { home: '1-1-101', people: [] })])
    await tab.open.store.save([{ kind: 'handover', logbook: gateBook, body: { post: samplePost } }])
    await eventually('sent', () => tab.status().received === 4)
    phone.transport = device().transport
    await daysInContact(4)
    await tab.open.store.save([passageDraft('today')])
    const shown = async () => (await tab.open.store.mine(10)).map(({ n, entry }) => `${n} ${entry.kind}`)
    // The first needs a hand, the home is a document, a handover is kept for 7 days.
    expect(await shown()).toEqual(['5 passage', '4 handover', '3 household', '1 passage'])
    expect((await tab.open.store.mine(1, 4)).map(({ n }) => n)).toEqual([3])
    const facts = await new Promise<number>((resolve) => {
      tab.open.store.followFacts(gateBook, 0, (all, first) => first && resolve(all.length))
    })
    expect(facts).toBe(3)
    expect(await tab.open.db.own.count()).toBe(5)
  })

  it('by a clock that is off do not hide what was logged just now', async () => {
    await enrol()
    await tab.open.store.save([{ ...passageDraft(), at: 1 }])
    await eventually('sent', () => tab.status().received === 1)
    expect(await tab.open.store.mine(10)).toHaveLength(1)
  })

  it('that are past their time go soon after the first contact of a run, by the centre’s time alone', async () => {
    await enrol()
    await tab.open.store.save(passageDrafts(2))
    await eventually('sent', () => tab.status().received === 2)
    tab.close()
    phone.transport = device().transport
    days(ownKeptDays + 1)
    tab = await openTab(phone)
    await quiet()
    phone.time.pass(upkeepEveryMs + 1000)
    await quiet()
    // The device may say what it likes: a clock set ahead would have this phone erase what a restore asks for.
    expect(await tab.open.db.own.count()).toBe(2)
    phone.transport = centre.transport
    tab.sync.control.tryNow()
    await eventually('heard', () => tab.open.keeper.sure())
    // What was heard is kept a moment later.
    phone.time.pass(1000)
    await quiet()
    phone.time.pass(upkeepAfterMs)
    await eventually('tidied', async () => (await tab.open.db.own.count()) === 0)
  })

  const duty = `duty/${sampleCommunity}`
  const turn = (starts: number) => ({
    kind: 'shift',
    logbook: duty,
    body: { post: samplePost, starts, ends: starts + 3_600_000, heads: 1 },
  })
  const turnsShown = () =>
    new Promise<number>((resolve) => {
      tab.open.store.followFacts(duty, 0, (all, first) => first && resolve(all.length))
    })

  it('of a kind that others keep for longer stay as long as theirs, without what was sent along with them', async () => {
    centre.rows.set(duty, [])
    await enrol()
    await tab.open.store.save([turn(phone.time.clock.now() + 40 * dayMs), passageDraft()])
    await eventually('sent', () => tab.status().received === 2)
    await daysInContact(ownKeptDays + 1)
    await upkeep(tab)
    expect((await tab.open.db.own.toArray()).map(({ kind }) => kind)).toEqual(['shift'])
    expect(await turnsShown()).toBe(1)
    await daysInContact(kinds.shift.keptDays.phone - ownKeptDays)
    await upkeep(tab)
    expect([await tab.open.db.own.count(), await tab.open.db.pages.count()]).toEqual([0, 0])
  })

  it('[EP2] are offered to a restored centre page by whole page, for as long as they are held', async () => {
    centre.rows.set(duty, [])
    await enrol()
    await tab.open.store.save([turn(phone.time.clock.now() + 40 * dayMs), passageDraft()])
    await eventually('sent', () => tab.status().received === 2)
    await tab.open.store.save([turn(phone.time.clock.now() + 50 * dayMs)])
    await eventually('sent', () => tab.status().received === 3)
    await daysInContact(ownKeptDays + 1)
    await upkeep(tab)
    centre.epoch = 'epoch-2'
    centre.pages.clear()
    centre.rows.set(duty, [])
    tab.sync.control.tryNow()
    await eventually('offered again', () => centre.rows.get(duty)?.length === 1)
    await eventually('received', () => tab.status().state === 'sent')
    expect(await turnsShown()).toBe(2)
  })

  it('that need a hand stay, with their page: it is offered again ([PU7])', async () => {
    centre.judge = ({ body }) => (body['note'] === 'sample 1' ? 'invalid' : null)
    await enrol()
    await tab.open.store.save(passageDrafts(3))
    await eventually('sent', () => tab.status().attention === 1)
    tab.open.keeper.slept()
    days(ownKeptDays + 1)
    await upkeep(tab)
    expect((await tab.open.db.own.toArray()).map(({ n }) => n)).toEqual([1, 2, 3])
  })
})

describe('the lease', () => {
  const household: Entry = {
    ...passage0(),
    kind: 'household',
    logbook: homesBook,
    record: '018f0000-0000-7000-8000-0000000000a1',
    body: { home: '3-2-501', people: [{ name: 'Sample' }] },
  }
  function passage0(): Entry {
    return {
      id: '018f0000-0000-7000-8000-0000000000d1',
      kind: 'passage',
      v: 1,
      logbook: gateBook,
      at: 1,
      by: 'x',
      body: {},
    }
  }

  it('after 7 days without contact pulled personal data is gone, own unsent entries are not', async () => {
    centre.arrive(household)
    centre.arrive(passage())
    await enrol()
    const { store, db } = tab.open
    phone.transport = device().transport
    await store.save([passageDraft()])
    tab.open.keeper.slept()
    days(6)
    await upkeep(tab)
    expect(await store.docs('household')).toHaveLength(1)
    tab.open.keeper.slept()
    days(2)
    await upkeep(tab)
    expect(await store.docs('household')).toEqual([])
    expect(await db.segments.count()).toBe(0)
    expect(await db.own.count()).toBe(1)
    phone.transport = centre.transport
    tab.sync.control.tryNow()
    await eventually('back', async () => (await store.docs('household')).length === 1)
  })

  it('takes no gate away: places and posts name nobody, and a guard can go on', async () => {
    const document = (n: number, kind: string, body: Entry['body']): Entry => ({
      ...household,
      id: `018f0000-0000-7000-8000-0000000000e${n}`,
      record: `018f0000-0000-7000-8000-0000000000f${n}`,
      kind,
      body,
    })
    centre.arrive(document(1, 'place', { level: 'compound', name: 'Sample compound' }))
    centre.arrive(document(2, 'post', { type: 'gate', name: 'Sample gate' }))
    centre.arrive(document(3, 'member', { name: 'Sample', grants: [] }))
    await enrol()
    const { store } = tab.open
    const held = async () => [
      (await store.docs('place')).length,
      (await store.docs('post')).length,
      (await store.docs('member')).length,
    ]
    expect(await held()).toEqual([1, 1, 1])
    phone.transport = device().transport
    // A flat battery set the clock back to its beginning.
    phone.time.set(0)
    await upkeep(tab)
    expect(await held()).toEqual([1, 1, 0])
    await store.save([passageDraft()])
    phone.transport = centre.transport
    tab.sync.control.tryNow()
    await eventually('all is there again', async () => (await held()).join() === '1,1,1')
    expect(tab.status().attention).toBe(0)
  })

  it('is 24 h for a phone that has logged nothing for a week; no screen of the next start reads it', async () => {
    centre.arrive(household)
    await enrol()
    await quiet()
    phone.transport = device().transport
    tab.open.keeper.slept()
    phone.time.set(phone.time.clock.now() + dayMs - 3_600_000)
    await upkeep(tab)
    expect(await tab.open.store.docs('household')).toHaveLength(1)
    tab.close()
    phone.time.set(phone.time.clock.now() + 3_700_000)
    tab = await openTab(phone)
    expect(await tab.open.store.docs('household')).toEqual([])
  })
})
