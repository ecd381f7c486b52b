import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Entry } from '../../../src/domain/entry.ts'
import { endLease, forgetLogbook, forgetTables } from '../../../src/client/store/personal.ts'
import { purgePulled } from '../../../src/client/store/retention.ts'
import type { OnFacts } from '../../../src/client/store/follow.ts'
import { passageDraft } from '../../support/drafts.ts'
import { eventually, quiet } from '../../support/eventually.ts'
import { type FakeCentre, gateBook, samplePost } from '../../support/fakeCentre.ts'
import { device, enrolledTab, openTab, type Device, type Tab } from '../../support/clientPhone.ts'
import { phoneAtCentre } from '../../support/phoneAtCentre.ts'

let phone: Device
let centre: FakeCentre
let tab: Tab
let reached: Parameters<OnFacts>[2] = () => null
let told = 0

beforeEach(async () => {
  ;({ phone, centre } = await phoneAtCentre())
  tab = await enrolledTab(phone)
  await eventually('first sync', () => tab.status().firstSyncDone)
  told = 0
  tab.open.store.followFacts(gateBook, 0, (facts, _first, far) => {
    told += facts.length
    reached = far
  })
})
afterEach(() => tab.close())

const what = { columns: Float64Array.from([1, 2]), names: ['样本'] }
const keep = async (): Promise<void> => {
  const far = reached()
  if (!far) throw new Error('not settled')
  await tab.open.store.keep(gateBook, far, what)
}
const theirs = (n: number): Entry => ({
  ...{
    id: `018f0000-0000-7000-8000-${String(n).padStart(12, '0')}`,
    kind: 'passage',
    v: 1,
    logbook: gateBook,
  },
  ...{ at: phone.time.clock.now(), by: '018f0000-0000-7000-8000-0000000000c1' },
  body: { post: samplePost, way: 'in', subject: 'person', how: 'none', decision: 'admit' },
})
const storedTo = async (): Promise<number> => (await tab.open.db.cursors.get(gateBook))?.seq ?? 0
const arrives = async (n: number): Promise<void> => {
  const [before, seq] = [told, await storedTo()]
  centre.arrive(theirs(n))
  tab.sync.control.tryNow()
  await eventually('it came', () => told > before)
  // What is told of a few facts may be ahead of the disk.
  await eventually('it is stored', async () => (await storedTo()) > seq)
}

describe('what was worked out from a logbook and kept', () => {
  it('is there again after a start, as long as the phone holds the same facts', async () => {
    await arrives(1)
    await keep()
    tab.close()
    phone.transport = device().transport
    tab = await openTab(phone)
    expect(await tab.open.store.kept(gateBook)).toEqual({ what, known: { epoch: 'epoch-1', seq: 1 } })
    expect(await tab.open.store.kept('gate/another')).toBeNull()
  })

  it('is never older than the facts: one more that came, or was saved here, and it is not given out', async () => {
    await arrives(1)
    await keep()
    await arrives(2)
    expect(await tab.open.store.kept(gateBook)).toBeNull()
    await keep()
    expect(await tab.open.store.kept(gateBook)).toEqual({ what, known: { epoch: 'epoch-1', seq: 2 } })
    phone.transport = device().transport
    await tab.open.store.save([passageDraft()])
    expect(await tab.open.store.kept(gateBook)).toBeNull()
  })

  it('is followed by what this tab pulls from there on, up to where something came between', async () => {
    await arrives(1)
    await keep()
    const found = await tab.open.store.kept(gateBook)
    const [ahead, gaps]: [string[], string[]] = [[], []]
    const stopAt = (known: { epoch: string; seq: number }) =>
      tab.open.store.followAhead(gateBook, known, {
        facts: (facts) => ahead.push(...facts.map(({ id }) => id)),
        gap: () => gaps.push(known.epoch),
      })
    stopAt({ epoch: 'another', seq: 1 })
    const stop = stopAt(found?.known ?? { epoch: '', seq: 0 })
    await arrives(2)
    await arrives(3)
    expect(ahead).toEqual([theirs(2).id, theirs(3).id])
    expect(gaps).toEqual(['another'])
    stop()
    await arrives(4)
    expect(ahead).toHaveLength(2)
  })

  it('is followed once by what was handed on, could not be stored and is pulled again', () => {
    const [ahead, gaps]: [string[], string[]] = [[], []]
    const known = { epoch: 'epoch-1', seq: 1 }
    tab.open.store.followAhead(gateBook, known, {
      facts: (facts) => ahead.push(...facts.map(({ id }) => id)),
      gap: () => gaps.push('gap'),
    })
    const tell = (after: number, seq: number): void => {
      const numbers = Array.from({ length: seq - after }, (_, n) => after + n + 1)
      const factLines = numbers.map((s) => JSON.stringify({ s, t: 1, e: theirs(s) }))
      tab.open.arrived.tell({ logbook: gateBook, epoch: 'epoch-1', after, seq, factLines })
    }
    tell(1, 2)
    tell(1, 3)
    tell(1, 2)
    tell(3, 4)
    expect(ahead).toEqual([2, 3, 4].map((n) => theirs(n).id))
    expect(gaps).toEqual([])
    tell(5, 6)
    expect(gaps).toEqual(['gap'])
  })

  it('is not kept while an entry of this phone waits for its receipt', async () => {
    phone.transport = device().transport
    await tab.open.store.save([passageDraft()])
    await eventually('told', () => told === 1)
    expect(reached()).toBeNull()
    phone.transport = centre.transport
    tab.sync.control.tryNow()
    await eventually('settled', () => reached() !== null)
  })

  it('serves for two days, and then leaves the phone', async () => {
    await arrives(1)
    await keep()
    const { db } = tab.open
    const now = phone.time.clock.now()
    await purgePulled(db, now + 2 * 86_400_000)
    expect(await db.kept.count()).toBe(1)
    await purgePulled(db, now + 2 * 86_400_000 + 60_000)
    expect(await db.kept.count()).toBe(0)
  })

  it('goes with its logbook, and is not kept for one that has gone', async () => {
    await arrives(1)
    const far = reached()
    await keep()
    const { db } = tab.open
    await db.transaction('rw', forgetTables(db), () => forgetLogbook(db, gateBook))
    expect(await db.kept.count()).toBe(0)
    if (far) await tab.open.store.keep(gateBook, far, what)
    expect(await db.kept.count()).toBe(0)
    await quiet()
    expect(await endLease(db, phone.time.clock.now())).toEqual([])
  })
})
