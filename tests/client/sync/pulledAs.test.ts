import { expect, it } from 'vitest'
import { paths } from '../../../src/protocol/api.ts'
import { eventually, quiet } from '../../support/eventually.ts'
import { enrolledTab } from '../../support/clientPhone.ts'
import { homesBook, sampleMember } from '../../support/fakeCentre.ts'
import { phoneAtCentre } from '../../support/phoneAtCentre.ts'

const home = (n: number) => ({
  id: `018f0000-0000-7000-8000-${String(n).padStart(12, '0')}`,
  kind: 'household',
  v: 1,
  logbook: homesBook,
  record: `018f0000-0000-7000-8000-${String(n).padStart(12, 'a')}`,
  at: n,
  by: sampleMember,
  body: { home: `1-1-${n}`, people: [] },
})

it('[SC5] what came as another role sees it is not kept, though the scope names the same roles before and after', async () => {
  const { phone, centre } = await phoneAtCentre()
  centre.arrive(home(1))
  centre.seenAs.set(homesBook, 'gridWorker')
  const tab = await enrolledTab(phone)
  await eventually('first sync', () => tab.status().firstSyncDone)
  const { store, db } = tab.open
  const cursor = await db.cursors.get(homesBook)
  // A grant was taken away, and is given back before the next scope.
  centre.pulledAs.set(homesBook, 'guard')
  centre.arrive(home(2))
  const row = centre.rows.get(homesBook)?.at(-1)
  const body = row?.entry.body
  if (row) row.entry = { ...row.entry, body: { home: '1-1-*', people: [] } }
  const pulled = () => centre.asked.filter(({ path }) => path.startsWith(paths.pull)).length
  const before = pulled()
  tab.sync.control.tryNow()
  await eventually('asked', () => pulled() > before)
  await quiet()
  expect(await db.cursors.get(homesBook)).toEqual(cursor)
  centre.pulledAs.clear()
  if (row && body) row.entry = { ...row.entry, body }
  tab.sync.control.tryNow()
  await eventually('both', async () => (await store.docs('household')).length === 2)
  const shown = (await store.docs('household')).map((doc) => doc.body['home'])
  expect(shown.sort()).toEqual(['1-1-1', '1-1-2'])
  tab.close()
})
