import { IDBDatabase } from 'fake-indexeddb'
import { expect, it, vi } from 'vitest'
import { paths } from '../../../src/protocol/api.ts'
import type { Transport } from '../../../src/client/platform/transport.ts'
import { homeDraft, passageDraft, passageDrafts } from '../../support/drafts.ts'
import { eventually, quiet } from '../../support/eventually.ts'
import { FakeCentre } from '../../support/fakeCentre.ts'
import { device, enrolledTab } from '../../support/clientPhone.ts'

/** Transactions that are open now, by what they may do. */
function watchTransactions() {
  const open = new Set<IDBTransaction>()
  const begin = IDBDatabase.prototype.transaction
  const spy = vi.spyOn(IDBDatabase.prototype, 'transaction').mockImplementation(function (
    this: IDBDatabase,
    ...args: Parameters<typeof begin>
  ) {
    const tx = begin.apply(this, args)
    open.add(tx)
    for (const end of ['complete', 'abort']) tx.addEventListener(end, () => open.delete(tx))
    return tx
  })
  return { open, end: () => spy.mockRestore() }
}

it('(failure mode 8) no transaction is open while the phone waits for the network, whatever it asks', async () => {
  const watched = watchTransactions()
  const phone = device()
  const centre = await FakeCentre.open(() => phone.time.clock.now())
  const across: string[] = []
  const asked = new Set<string>()
  /** A slow network: what was open when the question left must have ended long before the answer. */
  const send: Transport['send'] = async (request) => {
    const before = [...watched.open]
    // Another's transaction may be long, but it ends; one that waits for this answer does not.
    for (let i = 0; i < 200 && before.some((tx) => watched.open.has(tx)); i++) await quiet(10)
    asked.add(request.path.split('?')[0] ?? '')
    for (const tx of before)
      if (watched.open.has(tx)) across.push(`${request.path}: ${tx.mode} ${[...tx.objectStoreNames].join()}`)
    return centre.transport.send(request)
  }
  phone.transport = { ...centre.transport, send }
  const tab = await enrolledTab(phone)
  await tab.open.store.save([
    ...passageDrafts(120),
    homeDraft('018f0000-0000-7000-8000-0000000000b1', { home: '1' }),
  ])
  await eventually('under way', () => tab.status().state === 'sending')
  // A tap meanwhile is not kept waiting, and no transaction dies of it.
  await tab.open.store.save([passageDraft()])
  await eventually('sent', () => tab.status().received === 122)
  tab.close()
  watched.end()
  expect([...asked]).toEqual(expect.arrayContaining([paths.enrol, paths.scope, paths.push, paths.pull]))
  expect(across).toEqual([])
})
