// @vitest-environment happy-dom
import { flushPromises, mount } from '@vue/test-utils'
import { expect, it } from 'vitest'
import StationCard from '../../../../src/client/features/desk/posts/StationCard.vue'
import type { Calls } from '../../../../src/client/sync/calls.ts'
import type { Doc } from '../../../../src/domain/entry.ts'
import type { Post } from '../../../../src/domain/kinds/post.ts'
import { around, community, fakeCalls, someone } from '../../support/fakes.ts'

const post: Doc<Post> = {
  ...{
    kind: 'post',
    id: '0192f0c8-0000-7000-8000-000000000010',
    logbook: `duty/${community}`,
    seq: 1,
    at: 0,
  },
  ...{ removed: false, state: 'sent', lost: [], body: { type: 'supplies', name: 'Depot', place: community } },
}

it('devices are offered as soon as the centre is reached again', async () => {
  let answer: Awaited<ReturnType<Calls['installs']>> = { ok: false, problem: 'offline' }
  const calls = fakeCalls({ installs: () => Promise.resolve(answer) })
  const card = mount(StationCard, { props: { post }, global: { plugins: (await around({ calls })).plugins } })
  await flushPromises()
  expect(card.find('select').exists()).toBe(false)
  const phone = {
    ...{ id: someone.install, member: someone.member, name: 'Office tablet', device: 'Chrome', enrolled: 0 },
    ...{ lastHeard: 0, unsent: 0, received: 0, app: null, status: 'active' as const },
  }
  answer = { ok: true, value: { installs: [phone], invitations: [] } }
  dispatchEvent(new Event('online'))
  await flushPromises()
  expect(card.find('select').text()).toContain('Office tablet')
})
