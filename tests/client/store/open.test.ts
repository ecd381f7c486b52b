import { beforeEach, describe, expect, it } from 'vitest'
import { skewFlaggedAboveMs } from '../../../src/domain/entry.ts'
import { device, enrolledTab, openTab, type Device, type Tab } from '../../support/clientPhone.ts'
import { passageDraft } from '../../support/drafts.ts'
import { eventually, quiet } from '../../support/eventually.ts'
import type { FakeCentre } from '../../support/fakeCentre.ts'
import { phoneAtCentre } from '../../support/phoneAtCentre.ts'

const [hourMs, yearMs] = [3_600_000, 365 * 86_400_000]

/** A phone without a network that starts with another time than the one it was switched off with (an empty battery). */
describe('a clock that was set back years while the app was closed (failure mode 31)', () => {
  let phone: Device
  let centre: FakeCentre
  let contactAt: number

  beforeEach(async () => {
    ;({ phone, centre } = await phoneAtCentre())
    contactAt = phone.time.clock.now()
    const tab = await enrolledTab(phone)
    await eventually('first sync', () => tab.status().firstSyncDone)
    await quiet()
    tab.close()
    phone.transport = device().transport
    phone.time.set(contactAt - 9 * yearMs)
  })

  const logged = async (tab: Tab) => {
    const [entry] = await tab.open.store.save([passageDraft()])
    return { off: entry?.off ?? 0, at: (entry?.at ?? 0) + (entry?.off ?? 0) }
  }

  it('what is logged stands after the last contact, in its order over several starts, and is flagged', async () => {
    const times: number[] = []
    for (let start = 0; start < 3; start++) {
      const tab = await openTab(phone)
      phone.time.pass(hourMs)
      const { off, at } = await logged(tab)
      expect(Math.abs(off)).toBeGreaterThan(skewFlaggedAboveMs)
      times.push(at)
      // Somebody reads a notice: what is on disk is read again.
      tab.open.channel.tell({ topic: 'identity' })
      await quiet()
      times.push((await logged(tab)).at)
      tab.close()
    }
    expect(times).toEqual([1, 1, 2, 2, 3, 3].map((hours) => contactAt + hours * hourMs))
  })

  it('the other tabs learn the time as well when there is a contact', async () => {
    const tabs = [await openTab(phone), await openTab(phone)]
    phone.time.pass(hourMs)
    const now = contactAt + 40 * hourMs
    centre.now = () => now
    phone.transport = centre.transport
    tabs[0]?.sync.control.tryNow()
    for (const tab of tabs) await eventually('learned', () => Math.round(tab.open.keeper.corrected()) === now)
    for (const tab of tabs) tab.close()
  })
})
