import { afterEach, expect, it } from 'vitest'
import { storePulled } from '../../../src/client/store/pulled.ts'
import type { Entry } from '../../../src/domain/entry.ts'
import { enrolledTab, openTab, type Tab } from '../../support/clientPhone.ts'
import { eventually, quiet } from '../../support/eventually.ts'
import { gateBook, samplePost } from '../../support/fakeCentre.ts'
import { phoneAtCentre } from '../../support/phoneAtCentre.ts'

let tab: Tab | null = null
afterEach(() => tab?.close())

const passage = (n: number): Entry => ({
  ...{ id: `018f0000-0000-7000-8000-${String(n).padStart(12, '0')}`, kind: 'passage', v: 1 },
  ...{ logbook: gateBook, at: n, by: '018f0000-0000-7000-8000-0000000000c1' },
  body: { post: samplePost, way: 'in', subject: 'person', how: 'none', decision: 'admit' },
})

/** Everything that a follower is told of the gate, by its id. */
function follow({ open }: Tab): string[] {
  const told: string[] = []
  open.store.followFacts(gateBook, 0, (facts) => told.push(...facts.map(({ id }) => id)))
  return told
}

/** A device that was enrolled and has synced; its app is closed. */
async function enrolled() {
  const { phone, centre } = await phoneAtCentre()
  const first = await enrolledTab(phone)
  await eventually('first sync', () => first.status().firstSyncDone)
  await quiet()
  first.close()
  return { phone, centre }
}

/** The app opened again; its first storing of a pull is answered by the test. */
async function opened() {
  const { phone, centre } = await enrolled()
  const stored = Promise.withResolvers<boolean>()
  let times = 0
  tab = await openTab(phone, {
    storePulled: (db, pulled) => (++times === 1 ? stored.promise : storePulled(db, pulled)),
  })
  const told = follow(tab)
  await quiet()
  centre.arrive(passage(1))
  tab.sync.control.tryNow()
  return { tab, centre, stored, told }
}

it('[PL3] a few facts are told before they are stored; what could not be stored is pulled, and told once', async () => {
  const { tab: from, centre, stored, told } = await opened()
  const segments = () => from.open.db.segments.count()
  await eventually('told', () => told.length === 1)
  expect(await segments()).toBe(0)
  centre.arrive(passage(2))
  stored.reject(new Error('the disk is full'))
  from.sync.control.tryNow()
  await eventually('stored', async () => (await segments()) === 1)
  await quiet()
  expect(told).toEqual([passage(1).id, passage(2).id])
  const later = follow(from)
  await eventually('read', () => later.length === 2)
})

it('[PL3] what comes for somebody who is gone by then is told to nobody, and not stored', async () => {
  const { phone, centre } = await enrolled()
  const released = Promise.withResolvers<void>()
  let held = 0
  tab = await openTab(phone)
  const told = follow(tab)
  await quiet()
  const { send } = phone.transport
  const holding: typeof send = async (request) => {
    const reply = await send(request)
    held += 1
    await released.promise
    return reply
  }
  phone.transport = { ...phone.transport, send: holding }
  centre.arrive(passage(1))
  tab.sync.control.tryNow()
  await eventually('an answer is on its way', () => held > 0)
  const { identity, db } = tab.open
  const who = identity.get()
  identity.set(who && { ...who, install: 'another' })
  await db.cursors.clear()
  released.resolve()
  await quiet()
  expect(told).toEqual([])
  expect(await db.segments.count()).toBe(0)
})
