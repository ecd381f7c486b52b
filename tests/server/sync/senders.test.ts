import { DatabaseSync } from 'node:sqlite'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { Senders } from '../../../src/server/sync/senders.ts'
import { TestCentre, type TestPhone } from '../../support/centre.ts'
import { pushText } from '../../support/pages.ts'

let centre: TestCentre
let guard: TestPhone
beforeEach(async () => {
  centre = await new TestCentre().settle()
  guard = await centre.phone('guard')
})
afterEach(() => centre.end())

it('an install is looked up once, one that is not there each time', async () => {
  const asked: string[] = []
  const senders = new Senders({
    install: (id) => {
      asked.push(id)
      return centre.storage.install(id)
    },
  })
  const { id, key } = guard.row
  for (let i = 0; i < 3; i++) expect(await senders.get(id)).toEqual({ id, key, centre: false })
  for (let i = 0; i < 2; i++) expect(await senders.get('nobody')).toBeNull()
  expect(asked).toEqual([id, 'nobody', 'nobody'])
})

it('one that was shut out since its last page is known, and what it sends now is put aside', async () => {
  const first = await centre.send(guard, [centre.passage()])
  expect(first.pages[0]?.entries).toEqual([])
  await centre.storage.write((tx) => tx.updateInstall(guard.row.id, { status: 'revoked' }))
  const then = await centre.send(guard, [centre.passage()])
  expect(then.pages[0]?.entries).toMatchObject([{ status: 'quarantined', code: 'revoked' }])
})

it.each(['facts', 'documents'])(
  'one that a database that took over has never heard of is told so, with %s, and spoils nobody else’s page',
  async (what) => {
    const coordinator = await centre.phone('coordinator')
    const entries = (): object[] =>
      what === 'facts' ? [centre.passage()] : [centre.patch('place', centre.compound, { name: 'Garden 2' })]
    await centre.send(coordinator, entries())
    const file = new DatabaseSync(centre.file)
    file.prepare('delete from installs where id = ?').run(coordinator.row.id)
    file.close()
    const sealed = (phone: TestPhone, some: readonly object[]) =>
      pushText(...phone.sealer.sealAll(some.map((entry) => ({ by: phone.member, ...entry }))))
    const answers = [
      centre.answer(sealed(coordinator, entries())),
      centre.answer(sealed(guard, [centre.passage()])),
    ]
    expect(await Promise.all(answers)).toMatchObject([
      { ok: false, problem: 'install-unknown' },
      { ok: true },
    ])
    // It is not remembered any longer: once the database has it again, its pages are taken.
    await centre.storage.write((tx) => tx.insertInstall(coordinator.row))
    const again = await centre.send(coordinator, entries())
    expect(again.pages).toMatchObject([{ status: 'stored', entries: [] }])
  },
)
