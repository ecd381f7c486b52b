import { expect, it } from 'vitest'
import { syncLock } from '../../../src/client/sync/leader.ts'
import { enrolledTab } from '../../support/clientPhone.ts'
import { eventually } from '../../support/eventually.ts'
import { phoneAtCentre } from '../../support/phoneAtCentre.ts'

it('(failure mode 6) a tab of an older version leads no longer once a newer one has the database: it could send nothing', async () => {
  const { phone } = await phoneAtCentre()
  const old = await enrolledTab(phone)
  await eventually('first sync', () => old.status().firstSyncDone)
  let leads = false
  const giveUp = new AbortController()
  const newer = phone.locks?.hold(
    syncLock('gatepost'),
    { steal: false, giveUp: giveUp.signal },
    async () => void (leads = true),
  )
  const upgrade = phone.indexedDB.open('gatepost', 999)
  await new Promise((done) => upgrade.addEventListener('success', done))
  upgrade.result.close()
  await eventually('the newer one leads', () => leads)
  await newer
  let beats = 0
  old.open.channel.listen(({ topic }) => (beats += topic === 'beat' ? 1 : 0))
  old.open.channel.tell({ topic: 'now' })
  phone.time.pass(60_000)
  expect(beats).toBe(0)
  old.close()
})
