import { afterEach, beforeEach, expect, it } from 'vitest'
import { sendersOf } from '../../../src/server/sync/senders.ts'
import { TestCentre, type TestPhone } from '../../support/centre.ts'

let centre: TestCentre
let guard: TestPhone
beforeEach(async () => {
  centre = await new TestCentre().settle()
  guard = await centre.phone('guard')
})
afterEach(() => centre.end())

it('an install is looked up once, one that is not there each time', async () => {
  const asked: string[] = []
  const senderOf = sendersOf({
    install: (id) => {
      asked.push(id)
      return centre.storage.install(id)
    },
  })
  const { id, key } = guard.row
  for (let i = 0; i < 3; i++) expect(await senderOf(id)).toEqual({ id, key, centre: false })
  for (let i = 0; i < 2; i++) expect(await senderOf('nobody')).toBeNull()
  expect(asked).toEqual([id, 'nobody', 'nobody'])
})

it('one that was shut out since its last page is known, and what it sends now is put aside', async () => {
  const first = await centre.send(guard, [centre.passage()])
  expect(first.pages[0]?.entries).toEqual([])
  await centre.storage.write((tx) => tx.updateInstall(guard.row.id, { status: 'revoked' }))
  const then = await centre.send(guard, [centre.passage()])
  expect(then.pages[0]?.entries).toMatchObject([{ status: 'quarantined', code: 'revoked' }])
})
