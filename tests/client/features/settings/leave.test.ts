// @vitest-environment happy-dom
import { flushPromises, mount, type VueWrapper } from '@vue/test-utils'
import { afterEach, describe, expect, it, vi } from 'vitest'
import PhoneCard from '../../../../src/client/features/settings/PhoneCard.vue'
import type { Left } from '../../../../src/client/sync/calls.ts'
import type { SyncStatus } from '../../../../src/client/sync/status.ts'
import { around, fakeCalls, fakeStore, fakeSync } from '../../support/fakes.ts'

async function open(status: Partial<SyncStatus>, left: Left = 'told') {
  const store = fakeStore()
  const leave = vi.fn(() => {
    if (left === 'told' || left === 'untold') store.who.set(null)
    return Promise.resolve(left)
  })
  const parts = { store, sync: fakeSync(status), calls: fakeCalls({ leave }) }
  const { plugins } = await around(parts)
  const card = mount(PhoneCard, { global: { plugins }, attachTo: document.body })
  await flushPromises()
  return { card, leave }
}
const button = (card: VueWrapper, words: string) =>
  card.findAll('button').find((one) => one.text().trim() === words)
async function press(card: VueWrapper, words: string) {
  await button(card, words)?.trigger('click')
  await flushPromises()
}

describe('signing this phone out', () => {
  afterEach(() => document.body.replaceChildren())

  it('(failure mode 33) is not offered while entries wait, and says how many', async () => {
    const { card } = await open({ waiting: 3 })
    expect(button(card, 'Sign out')).toBeUndefined()
    expect(card.text()).toContain('3 records have not been sent yet')
  })

  it('asks first; the first tap and a cancel erase nothing', async () => {
    const { card, leave } = await open({})
    await press(card, 'Sign out')
    expect(card.text()).toContain('Sign this phone out?')
    await press(card, 'Cancel')
    expect(leave).not.toHaveBeenCalled()
  })

  it.each<[Left, string]>([
    ['told', 'The coordinator sees it'],
    ['untold', 'tell the coordinator'],
    ['unsent', '1 record has not been sent yet'],
    ['failed', 'nothing was erased'],
  ])('says what came of it: %s', async (left, words) => {
    const { card } = await open({}, left)
    await press(card, 'Sign out')
    await press(card, 'Sign out and erase')
    expect(card.text()).toContain(words)
  })
})
