// @vitest-environment happy-dom
import { flushPromises, mount, type VueWrapper } from '@vue/test-utils'
import { afterEach, describe, expect, it, vi } from 'vitest'
import RecordsPage from '../../../../src/client/features/sync/RecordsPage.vue'
import { SaveFailed, type AttentionItem, type OwnEntry } from '../../../../src/client/store/index.ts'
import type { Entry } from '../../../../src/domain/entry.ts'
import type { SyncStatus } from '../../../../src/client/sync/status.ts'
import { around, calm, community, fakeStore, fakeSync, type FakeStore } from '../../support/fakes.ts'

const entry = (n: number, body: Record<string, unknown>): Entry => ({
  id: `entry-${n}`,
  kind: 'passage',
  v: 1,
  logbook: `gate/${community}`,
  at: Date.UTC(2026, 10, 22, 6, n % 60),
  by: 'somebody',
  body,
})
const rejected: AttentionItem = {
  n: 7,
  id: 'entry-7',
  code: 'invalid',
  at: 0,
  held: false,
  entry: entry(7, { plate: '甘F·8K21', way: 'out', decision: 'admit' }),
}

async function open(status: Partial<SyncStatus>, store: FakeStore = fakeStore()) {
  const sync = fakeSync(status)
  const { plugins } = await around({ store, sync })
  const page = mount(RecordsPage, { global: { plugins }, attachTo: document.body })
  await flushPromises()
  return { page, sync, store }
}
const button = (page: VueWrapper, words: string) =>
  page.findAll('button').find((one) => one.text().includes(words))

describe('my records', () => {
  afterEach(() => {
    vi.useRealTimers()
    document.body.replaceChildren()
  })

  it('shows counts that can be checked: 3,000 logged here, 3,000 at the centre', async () => {
    const { page } = await open({ logged: 3000, received: 3000 })
    expect(page.text()).toContain('3,000 logged here, 3,000 at the centre.')
  })

  it('(failure mode 1) says when the browser did not promise to keep the storage', async () => {
    const { page, sync } = await open({ persisted: true })
    expect(page.text()).not.toContain('may clear')
    sync.status.set({ ...calm, persisted: false })
    await flushPromises()
    expect(page.text()).toContain('may clear')
  })

  it('(failure mode 2) says that the storage was lost and what to do', async () => {
    const { page } = await open({ problem: 'storage-lost' })
    expect(page.text()).toContain('The phone has lost its records')
    expect(page.text()).toContain('new invitation')
  })

  it.each(['storage-lost', 'renewed'] as const)('lets the notice “%s” be put away', async (problem) => {
    const { page, sync } = await open({ problem })
    await button(page, 'Got it')?.trigger('click')
    expect(sync.dismissed).toBe(1)
  })

  it('does not let a problem be put away that still stands', async () => {
    const { page } = await open({ problem: 'storage-unavailable' })
    expect(button(page, 'Got it')).toBeUndefined()
  })

  it('(failure mode 16) never calls a time-out a success', async () => {
    vi.useFakeTimers()
    const { page, sync } = await open({ state: 'offline', waiting: 3, logged: 3, lastContactAt: 1000 })
    await button(page, 'Try now')?.trigger('click')
    expect(sync.tries).toBe(1)
    await vi.advanceTimersByTimeAsync(16_000)
    expect(page.text()).toContain('No answer from the centre')
    await button(page, 'Try now')?.trigger('click')
    sync.status.set({ ...calm, lastContactAt: 2000 })
    await vi.advanceTimersByTimeAsync(1)
    expect(page.text()).toContain('The centre has answered')
  })

  it('lists my entries with the state of each, older ones on request', async () => {
    const own = Array.from({ length: 45 }, (_, i): OwnEntry => {
      const n = 45 - i
      return {
        n,
        state: n > 40 ? 'saved' : 'sent',
        entry: entry(n, { home: `3-2-${n}`, way: 'in', decision: 'admit' }),
      }
    })
    const { page } = await open({ logged: 45, received: 40, waiting: 5 }, fakeStore({ own }))
    expect(page.text()).toContain('3-2-45')
    expect(page.text()).not.toContain('3-2-5in')
    const listed = () => page.findAll('li').filter((one) => one.text().includes('3-2-'))
    expect(listed()).toHaveLength(40)
    await button(page, 'older')?.trigger('click')
    await flushPromises()
    expect(listed()).toHaveLength(45)
  })
})

describe('needs attention', () => {
  afterEach(() => document.body.replaceChildren())

  async function openItem(store: FakeStore) {
    store.items.set([rejected])
    const opened = await open({ state: 'attention', attention: 1 }, store)
    await button(opened.page, '甘F·8K21')?.trigger('click')
    await flushPromises()
    return opened
  }

  it('stands above everything else, and nothing says that there is nothing to do', async () => {
    const { page } = await openItem(fakeStore())
    expect(page.text()).not.toContain('Nothing to do')
    expect(page.text()).toMatch(/To look at.*Nothing else to do/s)
    expect((await open({ attention: 0 })).page.text()).toContain('Nothing to do')
  })

  it('says in plain words what it is and leads to its correction', async () => {
    const { page } = await openItem(fakeStore())
    expect(page.text()).toContain('Something in this entry does not fit')
    expect(page.get('dialog a').attributes('href')).toBe('/gate/log?entry=entry-7')
  })

  it('goes to the coordinator as a plea, and only then leaves the list', async () => {
    const { page, store } = await openItem(fakeStore())
    await page.get('dialog textarea').setValue(' the plate was muddy ')
    await button(page, 'Send to the coordinator')?.trigger('click')
    await flushPromises()
    expect(store.saved).toEqual([
      {
        kind: 'plea',
        logbook: `duty/${community}`,
        body: { about: 'entry-7', code: 'invalid', note: 'the plate was muddy' },
      },
    ])
    expect(store.settled).toEqual([7])
  })

  it('(failure mode 5) stays on the list and keeps the note when the phone is full', async () => {
    const { page, store } = await openItem(fakeStore({ failSave: new SaveFailed('full') }))
    await page.get('dialog textarea').setValue('the plate was muddy')
    await button(page, 'Send to the coordinator')?.trigger('click')
    await flushPromises()
    expect(page.text()).toContain('storage is full')
    expect(page.get<HTMLTextAreaElement>('dialog textarea').element.value).toBe('the plate was muddy')
    expect(store.settled).toEqual([])
  })
})
