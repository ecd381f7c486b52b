import { expect, it, vi } from 'vitest'
import { pageMaxEntries } from '../../../src/protocol/page.ts'
import { seal, sealAll } from '../../../src/client/sync/seal.ts'
import { openStore } from '../../../src/client/store/open.ts'
import { enrolledTab, platformOf } from '../../support/clientPhone.ts'
import { passageDrafts } from '../../support/drafts.ts'
import { phoneAtCentre } from '../../support/phoneAtCentre.ts'

it('[PG5] everything is sealed, also where another tab was quicker and left a part of it', async () => {
  const { phone } = await phoneAtCentre()
  const tab = await enrolledTab(phone)
  tab.close()
  const open = await openStore(platformOf(phone), 'gatepost')
  await open.store.save(passageDrafts(pageMaxEntries + 20))
  const { keys } = open.db
  const install = open.identity.get()?.install ?? ''
  const get = keys.get.bind(keys)
  // Between the reading of what has no page and the storing of the pages, the other one makes the first of them.
  let quicker = 0
  const other = vi.spyOn(keys, 'get').mockImplementationOnce(() =>
    get(install).then(async (key) => {
      quicker = (await seal({ open }, 1)).length
      return key
    }),
  )
  await sealAll({ open })
  other.mockRestore()
  expect(quicker).toBe(1)
  const pages = await open.db.pages.orderBy('p').toArray()
  open.close()
  expect(pages.map(({ first, count }) => [first, count])).toEqual([
    [1, pageMaxEntries],
    [pageMaxEntries + 1, 20],
  ])
})
