// @vitest-environment happy-dom
import { flushPromises, mount } from '@vue/test-utils'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import JoinPage from '../../../../src/client/features/enrol/JoinPage.vue'
import ReadyPage from '../../../../src/client/features/enrol/ReadyPage.vue'
import { keepPoster, keptPoster } from '../../../../src/client/features/enrol/poster.ts'
import { browserSeat } from '../../../../src/client/platform/seat.ts'
import { makeRouter } from '../../../../src/client/router.ts'
import { around, fakeStore } from '../../support/fakes.ts'

const code = '7Q2KD9XM'
const minute = 60_000

describe('a poster that was opened before joining', () => {
  beforeEach(() => localStorage.clear())

  it('goes along to the page where one joins, and nothing else does', async () => {
    const router = makeRouter(() => false, browserSeat())
    await router.push(`/p/${code}`).catch(() => undefined)
    expect(router.currentRoute.value.fullPath).toBe(`/join?p=${code}`)
    await router.push('/today').catch(() => undefined)
    expect(router.currentRoute.value.fullPath).toBe('/join')
  })

  it('is told there, and led to when one is ready, once', async () => {
    const { plugins, router } = await around({ store: fakeStore({ identity: null }) })
    await router.push(`/join?p=${code}`)
    const join = mount(JoinPage, { global: { plugins } })
    await flushPromises()
    expect(join.text()).toContain('The poster is remembered')
    const ready = mount(ReadyPage, { global: { plugins } })
    await flushPromises()
    expect(ready.findAll('a').map((link) => link.attributes('href'))).toContain(`/p/${code}`)
    ready.unmount()
    expect(keptPoster(Date.now())).toBeNull()
  })

  it('is not promised in Safari on an iPhone: the app on the Home Screen does not have what is stored here', async () => {
    const agent = vi.spyOn(navigator, 'userAgent', 'get')
    agent.mockReturnValue('Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18.0 Safari/604.1')
    const { plugins, router } = await around({ store: fakeStore({ identity: null }) })
    await router.push(`/join?p=${code}`)
    const join = mount(JoinPage, { global: { plugins } })
    await flushPromises()
    expect(join.text()).toContain('Join your community')
    expect(join.text()).not.toContain('The poster is remembered')
    agent.mockRestore()
  })

  it('is forgotten after half an hour, and nonsense is no poster', () => {
    keepPoster(code, 1_000)
    expect(keptPoster(1_000 + 29 * minute)).toBe(code)
    expect(keptPoster(1_000 + 31 * minute)).toBeNull()
    keepPoster('../desk?x', 1_000)
    expect(keptPoster(2_000)).toBeNull()
  })
})
