import { describe, expect, it } from 'vitest'
import { createIds } from '../../../src/client/platform/ids.ts'
import type { Locks } from '../../../src/client/platform/locks.ts'
import { systemRandom } from '../../../src/client/platform/random.ts'
import { GatepostDb } from '../../../src/client/store/database.ts'
import { leaseLocks } from '../../../src/client/store/lease.ts'
import { passageDraft } from '../../support/drafts.ts'
import { eventually, quiet } from '../../support/eventually.ts'
import { device, enrolledTab, openTab, platformOf } from '../../support/clientPhone.ts'
import { phoneAtCentre } from '../../support/phoneAtCentre.ts'

async function twoTabs() {
  const { phone, centre } = await phoneAtCentre()
  const first = await enrolledTab(phone)
  await eventually('first sync', () => first.status().firstSyncDone)
  const second = await openTab(phone)
  return { phone, centre, first, second }
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

  it('(failure mode 20) a frozen leader is replaced within two minutes, and sends nothing twice when it thaws', async () => {
    const { phone, centre, first, second } = await twoTabs()
    // Frozen: it holds the lock, but hears, says and does nothing.
    first.open.channel.close()
    await second.open.store.save([passageDraft()])
    await quiet()
    expect(centre.entries).toHaveLength(0)
    for (let seconds = 0; seconds < 120; seconds += 5) {
      phone.time.pass(5000)
      await quiet(5)
    }
    await eventually('sent by the other', () => centre.entries.length === 1)
    await eventually('known', () => second.status().received === 1)
    expect(centre.entries).toHaveLength(1)
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
