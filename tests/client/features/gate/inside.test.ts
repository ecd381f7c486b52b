// @vitest-environment happy-dom
import { flushPromises } from '@vue/test-utils'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { person } from '../../../domain/rules/gateFacts.ts'
import { compound, eastGate, member, noon, openGate } from './gateWorld.ts'

beforeEach(() => void vi.useFakeTimers({ toFake: ['Date'], now: noon }))
afterEach(() => {
  vi.useRealTimers()
  document.body.innerHTML = ''
})

it('a tab without anybody says of whom there is none, while others are inside', async () => {
  const resident = person(
    'in',
    { post: eastGate, purpose: 'resident', home: '3-2-501' },
    { at: noon - 60_000 },
  )
  const facts = [{ ...resident, logbook: `gate/${compound}`, by: member }]
  const { wrapper } = await openGate({}, '/gate/inside', facts)
  await flushPromises()
  expect(wrapper.text()).toContain('没有客人在里面')
  expect(wrapper.text()).not.toContain('没有人在里面')
  await wrapper
    .findAll('button, [role=radio], [role=tab], label')
    .find((one) => one.text().startsWith('住户'))
    ?.trigger('click')
  await flushPromises()
  expect(wrapper.text()).toContain('3-2-501')
  wrapper.unmount()
})
