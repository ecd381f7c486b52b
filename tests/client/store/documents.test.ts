import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { KindName } from '../../../src/domain/kinds/index.ts'
import type { PullHead } from '../../../src/protocol/pull.ts'
import { storePulled } from '../../../src/client/store/pulled.ts'
import { homeDraft } from '../../support/drafts.ts'
import { eventually } from '../../support/eventually.ts'
import { type FakeCentre, homesBook } from '../../support/fakeCentre.ts'
import { device, enrolledTab, type Device, type Tab } from '../../support/clientPhone.ts'
import { phoneAtCentre } from '../../support/phoneAtCentre.ts'

const home = '018f0000-0000-7000-8000-0000000000a1'
let phone: Device
let centre: FakeCentre
let tab: Tab

beforeEach(async () => {
  ;({ phone, centre } = await phoneAtCentre())
  tab = await enrolledTab(phone)
  await eventually('the first sync', () => tab.status().firstSyncDone)
})
afterEach(() => tab.close())

const offline = () => {
  phone.transport = device().transport
}
const online = () => {
  phone.transport = centre.transport
  tab.sync.control.tryNow()
}
const view = () => tab.open.store.doc('household', home)

describe('a document', () => {
  it('[FD2] shows own patches at once; null takes a field away', async () => {
    offline()
    await tab.open.store.save([homeDraft(home, { home: '3-2-501', people: [], note: 'x' })])
    await tab.open.store.save([homeDraft(home, { heads: 2, note: null })])
    expect(await view()).toMatchObject({ state: 'saved', seq: 0 })
    expect((await view())?.body).toEqual({ home: '3-2-501', people: [], heads: 2 })
  })

  it('is found by each value of its lookup fields, and no longer by the old one', async () => {
    const find = async (field: string, value: string) =>
      (await tab.open.store.docs('household', { look: { field, value } })).map(({ id }) => id)
    await tab.open.store.save([
      homeDraft(home, { home: '3-2-501', people: [], plates: ['京A12345', '京B12345'] }),
    ])
    expect(await find('plates', '京B12345')).toEqual([home])
    await tab.open.store.save([homeDraft(home, { plates: ['京A12345'] })])
    expect(await find('plates', '京B12345')).toEqual([])
    expect(await find('home', '3-2-501')).toEqual([home])
  })

  it('goes saved → sent, and the patch is merged only by the pull that has it', async () => {
    await tab.open.store.save([homeDraft(home, { home: '3-2-501', people: [] })])
    await eventually('sent', async () => (await view())?.state === 'sent' && (await view())?.seq === 1)
    const row = await tab.open.db.records.get(['household', home])
    expect(row?.patches).toEqual([])
    expect(row?.base).toEqual({ home: '3-2-501', people: [] })
  })

  it('an own patch stays visible over what others changed meanwhile', async () => {
    await tab.open.store.save([homeDraft(home, { home: '3-2-501', people: [] })])
    await eventually('sent', async () => (await view())?.seq === 1)
    offline()
    await tab.open.store.save([homeDraft(home, { heads: 3 })])
    const head: PullHead = {
      v: 1,
      epoch: 'epoch-1',
      logbook: homesBook,
      next: `epoch-1.${homesBook}.2`,
      seq: 2,
      more: false,
      time: 1,
      facts: 0,
      docs: 1,
    }
    const doc = { home: '3-2-502', people: [], heads: 9 }
    const line = JSON.stringify({ s: 2, t: 1, kind: 'household', id: home, doc })
    const after = (await tab.open.db.cursors.get(homesBook))?.next ?? null
    const answer = { head, factLines: [], docLines: [line] }
    await storePulled(tab.open.db, { logbook: homesBook, install: '', after, answer, arrivedAt: 1 })
    expect((await view())?.body).toEqual({ home: '3-2-502', people: [], heads: 3 })
    expect((await view())?.state).toBe('saved')
  })

  it('a removed one is not listed, but can still be asked for', async () => {
    await tab.open.store.save([homeDraft(home, { home: '3-2-501', people: [] })])
    await tab.open.store.save([homeDraft(home, { removed: true })])
    expect(await tab.open.store.docs('household')).toEqual([])
    expect((await view())?.removed).toBe(true)
  })

  it('a patch that the centre put aside stays in view until it is settled', async () => {
    centre.judge = ({ kind }) => (kind === 'household' ? 'not-permitted' : null)
    await tab.open.store.save([homeDraft(home, { home: '3-2-501', people: [] })])
    await eventually('put aside', () => tab.status().attention === 1)
    expect((await view())?.state).toBe('attention')
    const [item] = await tab.open.db.attention.toArray()
    await tab.open.store.settleAttention(item?.n ?? 0)
    expect(await view()).toBeUndefined()
  })

  it('carries what its author had seen', async () => {
    await tab.open.store.save([homeDraft(home, { home: '3-2-501', people: [] })])
    await eventually('sent', async () => (await view())?.seq === 1)
    const [entry] = await tab.open.store.save([homeDraft(home, { heads: 1 })])
    expect(entry).toMatchObject({ record: home, seen: 1 })
  })

  it('(failure mode 13) of a kind that this version does not know is kept as it came', async () => {
    const kind: string = 'whistle'
    const head: PullHead = {
      v: 1,
      epoch: 'epoch-1',
      logbook: homesBook,
      next: 'x',
      seq: 5,
      more: false,
      time: 1,
      facts: 0,
      docs: 2,
    }
    const line = JSON.stringify({ s: 5, t: 1, kind, id: home, doc: { loud: true } })
    const after = (await tab.open.db.cursors.get(homesBook))?.next ?? null
    const answer = { head, factLines: [], docLines: [line, 'not a row'] }
    await storePulled(tab.open.db, { logbook: homesBook, install: '', after, answer, arrivedAt: 1 })
    expect((await tab.open.db.records.get([kind, home]))?.body).toEqual({ loud: true })
    expect((await tab.open.db.unread.toArray()).map(({ line: kept }) => kept)).toEqual(['not a row'])
  })

  it('arrives where it is watched, from saves and from pulls', async () => {
    const kind: KindName = 'household'
    let seen: string[] = []
    const { unsubscribe } = tab.open.store.watchDocs(kind).subscribe((docs) => {
      seen = docs.map(({ body }) => body.home)
    })
    await tab.open.store.save([homeDraft(home, { home: '3-2-501', people: [] })])
    await eventually('seen', () => seen.join() === '3-2-501')
    offline()
    centre.arrive({
      id: '018f0000-0000-7000-8000-0000000000b1',
      kind,
      v: 1,
      logbook: homesBook,
      at: 1,
      by: 'x',
      record: '018f0000-0000-7000-8000-0000000000a2',
      body: { home: '1-1-101', people: [] },
    })
    online()
    await eventually('pulled', () => seen.includes('1-1-101'))
    unsubscribe()
  })
})
