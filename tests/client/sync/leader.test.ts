import { describe, expect, it } from 'vitest'
import { createIds } from '../../../src/client/platform/ids.ts'
import type { Locks } from '../../../src/client/platform/locks.ts'
import { systemRandom } from '../../../src/client/platform/random.ts'
import { GatepostDb } from '../../../src/client/store/database.ts'
import { leaseLocks } from '../../../src/client/store/lease.ts'
import { passageDraft } from '../../support/drafts.ts'
import { eventually, quiet } from '../../support/eventually.ts'
import { device, enrolledTab, openTab, platformOf, type Device, type Tab } from '../../support/clientPhone.ts'
import { memoryLocks } from '../../support/memoryLocks.ts'
import { phoneAtCentre } from '../../support/phoneAtCentre.ts'

async function twoTabs() {
  const { phone, centre } = await phoneAtCentre()
  const { locks, stolen } = watched()
  phone.locks = locks
  const first = await enrolledTab(phone)
  await eventually('first sync', () => first.status().firstSyncDone)
  const second = await openTab(phone)
  return { phone, centre, first, second, stolen }
}

/** Frozen: it holds the lock, but hears, says and does nothing. */
const freeze = ({ open }: { open: { channel: { close(): void } } }) => open.channel.close()

/** Whether each one that took the lock, or wanted it, stole it. */
function watched(): { locks: Locks; stolen: boolean[] } {
  const locks = memoryLocks()
  const stolen: boolean[] = []
  const hold: Locks['hold'] = (name, options, work) => {
    stolen.push(options.steal)
    return locks.hold(name, options, work)
  }
  return { locks: { hold }, stolen }
}

describe('two tabs', () => {
  it('both write, one sends; both know', async () => {
    const { centre, first, second } = await twoTabs()
    await second.open.store.save([passageDraft()])
    await first.open.store.save([passageDraft()])
    const sent = () => [first, second].every((tab) => tab.status().received === 2)
    await eventually('both know', sent)
    expect(centre.entries).toHaveLength(2)
    expect(centre.pages.size).toBe(centre.pushes.length)
    first.close()
    second.close()
  })

  it('when the leading one closes, the other leads', async () => {
    const { centre, first, second } = await twoTabs()
    first.close()
    await second.open.store.save([passageDraft()])
    await eventually('sent', () => second.status().received === 1)
    expect(centre.entries).toHaveLength(1)
    second.close()
  })

  it('(failure mode 20) a frozen leader is replaced within two minutes, though nobody waits', async () => {
    const { phone, centre, first, second, stolen } = await twoTabs()
    freeze(first)
    for (let seconds = 0; seconds < 120 && !stolen.includes(true); seconds += 5) {
      phone.time.pass(5000)
      await quiet(5)
    }
    expect(stolen).toContain(true)
    await second.open.store.save([passageDraft()])
    await eventually('known', () => second.status().received === 1)
    expect(centre.entries).toHaveLength(1)
    first.close()
    second.close()
  })
})

describe('somebody waits for what only a leader does', () => {
  type Acts = (phone: Device, second: Tab) => Promise<{ close(): void } | null>
  const saved: Acts = async (_phone, { open }) => {
    await open.store.save([passageDraft()])
    return null
  }
  const tapped: Acts = async (_phone, { sync }) => {
    sync.control.tryNow()
    return null
  }
  it.each<[string, Acts, number]>([
    ['saves', saved, 2],
    ['taps', tapped, 1],
    ['opens a tab', (phone) => openTab(phone), 1],
  ])('(failure mode 20) whoever %s replaces a frozen leader within seconds', async (_what, acts, logged) => {
    const { phone, centre, first, second, stolen } = await twoTabs()
    phone.time.pass(5000)
    freeze(first)
    const third = await acts(phone, second)
    await quiet()
    phone.time.pass(4999)
    await quiet()
    expect(stolen).not.toContain(true)
    phone.time.pass(1)
    await eventually('it has the lock', () => stolen.includes(true))
    await second.open.store.save([passageDraft()])
    await eventually('all is sent', () => second.status().received === logged)
    expect(centre.entries).toHaveLength(logged)
    for (const tab of [first, second, third]) tab?.close()
  })

  it('a leader that is alive stays it, however often somebody taps', async () => {
    const { phone, centre, first, second, stolen } = await twoTabs()
    for (let i = 0; i < 5; i++) {
      second.sync.control.tryNow()
      phone.time.pass(3000)
      await quiet(5)
    }
    await second.open.store.save([passageDraft()])
    await eventually('sent', () => second.status().received === 1)
    expect(centre.entries).toHaveLength(1)
    expect(stolen).toEqual([false, false])
    first.close()
    second.close()
  })
})

describe('without Web Locks', () => {
  function leased() {
    const phone = device()
    const { indexedDB, IDBKeyRange } = platformOf(phone)
    const db = () => new GatepostDb({ name: 'lease', indexedDB, IDBKeyRange })
    const { time } = phone
    const locks = async (timers = time.timers): Promise<Locks> =>
      leaseLocks(await db().ready(), { clock: time.clock, timers, ids: createIds(time.clock, systemRandom) })
    return { time, locks }
  }
  const never = () => new Promise<void>(() => undefined)

  it('a lease in the database lets one tab lead, and another after it', async () => {
    const { time, locks } = leased()
    const [a, b] = [await locks(), await locks()]
    const led: string[] = []
    let end: () => void = () => undefined
    const giveUp = new AbortController().signal
    void a.hold('x', { steal: false, giveUp }, async () => {
      led.push('a')
      await new Promise<void>((done) => {
        end = done
      })
    })
    await eventually('a leads', () => led.length === 1)
    void b.hold('x', { steal: false, giveUp }, async () => void led.push('b'))
    for (let i = 0; i < 20; i++) {
      time.pass(5000)
      await quiet(10)
    }
    expect(led).toEqual(['a'])
    end()
    await quiet()
    time.pass(5000)
    await eventually('b leads', () => led.join() === 'a,b')
  })

  it('a lease whose tab is gone runs out', async () => {
    const { time, locks } = leased()
    const giveUp = new AbortController().signal
    const led: string[] = []
    // Its timers never run again.
    const gone = await locks({ after: () => () => undefined })
    void gone.hold('x', { steal: false, giveUp }, async () => {
      led.push('gone')
      await never()
    })
    await eventually('leads', () => led.length === 1)
    void (await locks()).hold('x', { steal: false, giveUp }, async () => void led.push('b'))
    for (let i = 0; i < 12; i++) {
      time.pass(5000)
      await quiet(10)
    }
    expect(led).toEqual(['gone', 'b'])
  })

  it('a stolen lease tells the one that had it', async () => {
    const { time, locks } = leased()
    const giveUp = new AbortController().signal
    let lost = false
    void (await locks()).hold('x', { steal: false, giveUp }, async (stolen) => {
      stolen.addEventListener('abort', () => {
        lost = true
      })
      await never()
    })
    await quiet()
    void (await locks()).hold('x', { steal: true, giveUp }, never)
    await quiet()
    time.pass(15_000)
    await eventually('told', () => lost)
  })
})
