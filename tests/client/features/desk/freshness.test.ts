// @vitest-environment happy-dom
import { flushPromises, mount } from '@vue/test-utils'
import { expect, it } from 'vitest'
import Freshness from '../../../../src/client/features/desk/shared/Freshness.vue'
import { systemClock } from '../../../../src/client/platform/clock.ts'
import type { SyncStatus } from '../../../../src/client/sync/status.ts'
import { around, fakeSync } from '../../support/fakes.ts'

const minutes = (n: number): number => n * 60_000
const said = async (status: Partial<SyncStatus>): Promise<string> => {
  const { plugins } = await around({ sync: fakeSync(status) })
  const tag = mount(Freshness, { global: { plugins } })
  await flushPromises()
  const text = tag.text()
  tag.unmount()
  return text
}
const ago = (n: number): number => systemClock.now() - minutes(n)

it('says that figures are live after a contact a moment ago, also with a clock that is hours off', async () => {
  expect(await said({ lastContactAt: ago(1) })).toBe('Live')
  expect(await said({ lastContactAt: ago(1), clockOffMs: minutes(300) })).toBe('Live')
  expect(await said({ lastContactAt: ago(1), clockOffMs: -minutes(300) })).toBe('Live')
})

it.each<[string, Partial<SyncStatus>]>([
  ['the last contact is long ago', { lastContactAt: ago(10) }],
  ['it is long ago by a clock that is behind', { lastContactAt: ago(10), clockOffMs: -minutes(60) }],
  ['what is new finds no room', { lastContactAt: ago(1), state: 'full' }],
  ['there is no network', { lastContactAt: ago(1), state: 'offline' }],
])('says since when they stand where %s', async (_why, status) => {
  expect(await said(status)).toMatch(/^As of /)
})
