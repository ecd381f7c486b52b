// @vitest-environment happy-dom
import { flushPromises, mount } from '@vue/test-utils'
import { expect, it } from 'vitest'
import RosterFrame from '../../../../src/client/features/roster/RosterFrame.vue'
import type { Store } from '../../../../src/client/store/index.ts'
import type { Fact } from '../../../../src/domain/entry.ts'
import { dutyFact, idOf } from '../../../domain/rules/duty/facts.ts'
import { around, fakeStore, someone } from '../../support/fakes.ts'

const hour = 3_600_000
const now = Date.now()

async function badges(facts: readonly Fact[]): Promise<string> {
  const followFacts: Store['followFacts'] = (_logbook, _since, onFacts) => {
    void Promise.resolve().then(() => onFacts([...facts], true, () => null))
    return () => undefined
  }
  const { plugins } = await around({ store: { ...fakeStore(), followFacts } })
  const frame = mount(RosterFrame, { global: { plugins, stubs: { RouterView: true } } })
  await flushPromises()
  return frame.find('a[href="/turns"]').text()
}

it('a turn that one stands in line for is counted beside “My turns” until it is cancelled', async () => {
  const turn = dutyFact('shift', { post: idOf(9), starts: now + hour, ends: now + 2 * hour, heads: 1 })
  const taken = (member: string) => dutyFact('claim', { shift: turn.id, member, name: 'Ann', act: 'take' })
  const waiting = [turn, taken(idOf(8)), taken(someone.member)]
  expect(await badges(waiting)).toContain('1')
  const cancelled = dutyFact('shiftChange', { target: turn.id, retract: true })
  expect(await badges([...waiting, cancelled])).not.toContain('1')
})
