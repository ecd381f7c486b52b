import { afterEach, beforeEach, expect, it } from 'vitest'
import { absorb, emptyLedger } from '../../../src/domain/rules/ledger.ts'
import { device, openTab, type Tab } from '../../support/clientPhone.ts'
import { eventually } from '../../support/eventually.ts'
import { injected } from '../../support/injected.ts'
import { invitation, testCentre, type Founded, type TestCentre } from '../../support/testCentre.ts'

let centre: TestCentre
let founded: Founded
let tabs: Tab[]

async function guard(): Promise<Tab> {
  const tab = await openTab(device(injected(centre.app)))
  tabs.push(tab)
  const token = await invitation(founded.coordinator, [{ role: 'guard', place: founded.compound }])
  expect(await tab.sync.calls.enrol({ token, name: 'Sample guard', device: 'test' })).toMatchObject({
    ok: true,
  })
  await eventually('first pull', () => tab.status().firstSyncDone)
  return tab
}

/** Who is inside by what this phone has. */
function follow({ open }: Tab) {
  const ledger = emptyLedger()
  open.store.followFacts(founded.gate, 0, (facts) => absorb(ledger, facts))
  return ledger
}

beforeEach(async () => {
  tabs = []
  centre = await testCentre()
  founded = await centre.found()
})
afterEach(async () => {
  for (const tab of tabs) tab.close()
  await centre.end()
})

it('[FD1] [PL7] of two phones’ corrections the one that arrived last counts on both, also on the phone of the other', async () => {
  const [one, other] = [await guard(), await guard()]
  const [mine, theirs] = [follow(one), follow(other)]
  const body = { post: founded.post, way: 'in', subject: 'person', how: 'none', decision: 'admit' }
  const [passage] = await one.open.store.save([{ kind: 'passage', logbook: founded.gate, body }])
  const correct = async ({ open, status }: Tab, retract: boolean, received: number) => {
    const correction = { target: passage?.id ?? '', retract }
    await open.store.save([{ kind: 'correction', logbook: founded.gate, body: correction }])
    await eventually('sent', () => status().received === received)
  }
  await correct(one, true, 2)
  await correct(other, false, 1)
  for (const tab of tabs) tab.sync.control.tryNow()
  await eventually('one knows', () => mine.corrections.get(passage?.id ?? '')?.length === 2)
  await eventually('the other knows', () => theirs.corrections.get(passage?.id ?? '')?.length === 2)
  expect(theirs.presence.people).toBe(1)
  await eventually('agreed', () => mine.presence.people === 1)
})
