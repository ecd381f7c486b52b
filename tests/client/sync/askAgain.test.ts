import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { paths } from '../../../src/protocol/api.ts'
import { ownKeptDays } from '../../../src/client/store/retention.ts'
import { askAgainEveryMs } from '../../../src/client/sync/askAgain.ts'
import { upkeep } from '../../../src/client/sync/upkeep.ts'
import { homeDraft, passageDraft, passageDrafts } from '../../support/drafts.ts'
import { eventually, quiet } from '../../support/eventually.ts'
import type { FakeCentre } from '../../support/fakeCentre.ts'
import { device, enrolledTab, openTab, type Device, type Tab } from '../../support/clientPhone.ts'
import { phoneAtCentre } from '../../support/phoneAtCentre.ts'

let phone: Device
let centre: FakeCentre
let tab: Tab

beforeEach(async () => {
  ;({ phone, centre } = await phoneAtCentre())
  tab = await enrolledTab(phone)
  centre.judge = ({ body }) => (body['note'] === 'sample 1' ? 'unknown-logbook' : null)
})
afterEach(() => tab.close())

const pushes = () => centre.asked.filter(({ path }) => path === paths.push).length

async function held() {
  await tab.open.store.save(passageDrafts(3))
  await eventually('held', () => tab.status().attention === 1)
  await quiet()
}
/** What the centre says of every page from now on: everything was taken. */
function take() {
  for (const known of centre.pages.values()) known.receipt = { ...known.receipt, entries: [] }
}
/**
 * Time passes, and what it set going has the time that it really takes: signatures and the database know nothing of the
 * clock that passes here, and a step that this clock finds on its way for too long is given up. True as soon as it holds.
 */
async function passes(ms: number, reallyMs: number, holds: () => boolean | Promise<boolean> = () => false) {
  phone.time.pass(ms)
  const goesAt = performance.now() + reallyMs
  while (performance.now() < goesAt) {
    if (await holds()) return true
    await quiet(5)
  }
  return holds()
}
/** A minute at a go. */
const anHour = async () => {
  for (let at = 0; at <= askAgainEveryMs; at += 60_000) await passes(60_000, 15)
}
/** It comes about within minutes, of which so many ms pass at a go. */
async function soon(what: string, holds: () => boolean | Promise<boolean>, stepMs = 10_000): Promise<void> {
  for (let at = 0; at < 300_000; at += stepMs) if (await passes(stepMs, 600, holds)) return
  throw new Error(`never: ${what}`)
}

describe('[PU7] what the centre takes after all', () => {
  it('leaves “needs attention” by itself within an hour', async () => {
    await held()
    take()
    await anHour()
    await soon('taken', () => tab.status().attention === 0)
    expect(await tab.open.store.mine(3)).toMatchObject([
      { state: 'sent' },
      { state: 'sent' },
      { state: 'sent' },
    ])
    await eventually('at rest', () => tab.status().state === 'sent')
    expect(tab.status()).toMatchObject({ logged: 3, received: 3, waiting: 0 })
  })

  it('is learned within an hour of the last question, whenever whoever leads began to', async () => {
    await held()
    await passes(10 * 60_000, 300)
    const before = pushes()
    centre.rows.set('gate/018f0000-0000-7000-8000-0000000000ff', [])
    tab.sync.control.tryNow()
    await eventually('asked', () => pushes() > before)
    await eventually('still held', () => tab.status().attention === 1)
    await quiet()
    take()
    await anHour()
    await soon('taken', () => tab.status().attention === 0)
  })

  it('is learned soon where the last question was noted by a clock that was ahead and is set back', async () => {
    await held()
    const { clock, set } = phone.time
    const before = pushes()
    set(clock.now() + askAgainEveryMs)
    await soon('asked by the clock that is ahead', () => pushes() > before)
    await passes(0, 500)
    expect(tab.status().attention).toBe(1)
    take()
    set(clock.now() - 50 * 60_000)
    await soon('taken', () => tab.status().attention === 0, 60_000)
  })

  it('is learned at once when what the phone holds has changed', async () => {
    await held()
    take()
    centre.rows.set('gate/018f0000-0000-7000-8000-0000000000ff', [])
    tab.sync.control.tryNow()
    await eventually('taken', () => tab.status().attention === 0)
  })

  it('is asked about at most once an hour, whatever is tapped and however often the app is opened', async () => {
    await held()
    await tab.open.store.save([passageDraft()])
    await eventually('sent', () => tab.status().received === 4)
    const before = pushes()
    for (let i = 0; i < 3; i++) {
      tab.sync.control.tryNow()
      await quiet()
      tab.close()
      tab = await openTab(phone)
      await eventually('open', () => tab.status().known)
      await quiet()
    }
    expect(pushes() - before).toBeLessThanOrEqual(1)
    await anHour()
    await soon('asked', () => pushes() - before >= 1)
    expect(tab.status().attention).toBe(1)
  })

  it('never makes a page count as unsent, nor as sent later than it was', async () => {
    await held()
    const [before] = await tab.open.db.pages.toArray()
    const seen: number[] = []
    const watching = tab.sync.control.status.subscribe(({ waiting }) => seen.push(waiting))
    await anHour()
    await soon('asked', () => pushes() >= 2)
    await quiet()
    watching.unsubscribe()
    expect(Math.max(...seen)).toBe(0)
    expect(await tab.open.db.pages.toArray()).toEqual([before])
  })

  it('what the person settled is not asked about and does not come back', async () => {
    await held()
    await tab.open.store.settleAttention(2)
    await eventually('settled', () => tab.status().attention === 0)
    const before = pushes()
    await anHour()
    expect(pushes()).toBe(before)
    expect(tab.status().attention).toBe(0)
  })

  it('is learned also of what stood aside for longer than sent entries are kept', async () => {
    await held()
    phone.transport = device().transport
    tab.open.keeper.slept()
    phone.time.set(phone.time.clock.now() + (ownKeptDays + 2) * 86_400_000)
    await upkeep(tab)
    expect(await tab.open.db.own.count()).toBe(3)
    take()
    phone.transport = centre.transport
    await anHour()
    await soon('taken', () => tab.status().attention === 0)
    await upkeep(tab)
    expect(await tab.open.db.own.count()).toBe(0)
  })

  it('an answer that never came is asked for again, not an hour later', async () => {
    await held()
    take()
    const offline = device().transport
    phone.transport = {
      ...offline,
      send: (request) => (request.path === paths.push ? offline : centre.transport).send(request),
    }
    await anHour()
    phone.transport = centre.transport
    await soon('taken', () => tab.status().attention === 0)
  })

  it('a patch that was held leaves its document’s view for what the centre has', async () => {
    const home = '018f0000-0000-7000-8000-0000000000b1'
    centre.judge = ({ kind }) => (kind === 'household' ? 'invalid' : null)
    const [patch] = await tab.open.store.save([homeDraft(home, { home: '1-1-101', people: [] })])
    await eventually('held', () => tab.status().attention === 1)
    expect(await tab.open.store.docs('household')).toMatchObject([{ state: 'attention' }])
    await quiet()
    take()
    if (patch) centre.arrive(patch)
    await anHour()
    await soon('taken', () => tab.status().attention === 0)
    tab.sync.control.tryNow()
    await eventually('confirmed', async () => (await tab.open.store.docs('household'))[0]?.state === 'sent')
    expect(await tab.open.db.records.where('waits').above('').count()).toBe(0)
  })
})

it('[EP2] (failure mode 27) a revoked phone learns within an hour that the centre was restored, and offers everything again', async () => {
  centre.judge = () => null
  await tab.open.store.save(passageDrafts(3))
  await eventually('sent', () => tab.status().received === 3)
  for (const install of centre.installs.values()) install.status = 'revoked'
  tab.sync.control.tryNow()
  await eventually('revoked', () => tab.status().state === 'revoked')
  await tab.open.store.save([passageDraft()])
  await eventually('sent', () => tab.status().received === 4)
  // Nothing of its first page needs a hand.
  await tab.open.store.settleAttention(4)
  await quiet()
  const before = [...centre.pages.keys()]
  centre.epoch = 'epoch-2'
  centre.pages.clear()
  await anHour()
  await soon('offered again', () => centre.pages.size === before.length)
  expect([...centre.pages.keys()].sort()).toEqual(before.sort())
})

it('[PU7] a receipt that says held is shown as held, whatever its code', async () => {
  const send: typeof centre.transport.send = async (request) => {
    const reply = await centre.transport.send(request)
    if (request.path !== paths.push) return reply
    const [known] = centre.pages.values()
    const said = { n: 1, status: 'held', code: 'invalid' } as const
    if (known) known.receipt = { ...known.receipt, entries: [said] }
    const receipt = JSON.parse(new TextDecoder().decode(reply.bytes))
    return centre.signed({ ...receipt, pages: [known?.receipt] })
  }
  phone.transport = { ...centre.transport, send }
  await tab.open.store.save([passageDraft()])
  await eventually('held', () => tab.status().attention === 1)
  expect(await tab.open.db.attention.toArray()).toMatchObject([{ n: 1, code: 'invalid', held: true }])
})
