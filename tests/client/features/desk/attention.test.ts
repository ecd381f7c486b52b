// @vitest-environment happy-dom
import { flushPromises, mount, type VueWrapper } from '@vue/test-utils'
import { describe, expect, it } from 'vitest'
import AttentionPage from '../../../../src/client/features/desk/attention/AttentionPage.vue'
import { lostOf } from '../../../../src/client/features/desk/attention/lost.ts'
import { dotted } from '../../../../src/client/i18n/dotted.ts'
import type { Doc, Fact } from '../../../../src/domain/entry.ts'
import type { InstallInfo, QuarantineItem } from '../../../../src/protocol/api.ts'
import {
  around,
  community,
  fakeCalls,
  fakeStore,
  someone,
  source,
  type FakeStore,
} from '../../support/fakes.ts'

const at = Date.UTC(2026, 10, 22, 4)
const doc = (kind: string, body: Record<string, unknown>, field: string, value: unknown): Doc => ({
  ...{ kind, id: `${kind}-1`, logbook: '', seq: 2, at, removed: false, state: 'sent', body },
  lost: [{ field, value, by: someone.member, entry: `${kind}-entry`, at }],
})
const place = (id: string, body: Record<string, unknown>): Doc => ({
  ...doc('place', body, '', ''),
  id,
  lost: [],
})
const home = doc('household', { home: '3-2-501', people: [{ name: '王五' }], plates: [] }, 'people', [
  { name: '样本李', phone: '13800000000' },
  { name: '样本张' },
])
const member = doc('member', { name: '样本赵', grants: [] }, 'grants', [{ role: 'guard', place: community }])

/** A store that has these documents and facts, whoever watches. */
const storeWith = (docs: readonly Doc[], facts: readonly Fact[]): FakeStore => ({
  ...fakeStore(),
  watchDocs: (kind: string) => source(docs.filter((one) => one.kind === kind) as Doc<never>[]),
  followFacts(_logbook, _since, onFacts) {
    onFacts([...facts], true, () => null)
    return () => undefined
  },
})
const town = [place(community, { level: 'community', name: '样本社区' }), home, member]

async function opened(docs: readonly Doc[], calls = {}, facts: readonly Fact[] = []) {
  const store = storeWith(docs, facts)
  const parts = await around({ store, calls: fakeCalls(calls) })
  const page = mount(AttentionPage, { global: { plugins: parts.plugins } })
  await flushPromises()
  return { page, store }
}

describe('[FD3] values that a later edit replaced', () => {
  it('are found in homes and members as well as in places and posts, for their author alone', () => {
    const post = doc('post', { name: '北岗', type: 'other' }, 'name', '东岗')
    const found = lostOf([home, member, post], someone.member)
    expect(found.map(({ name, lost, now }) => [name, lost.field, now])).toEqual([
      ['3-2-501', 'people', [{ name: '王五' }]],
      ['样本赵', 'grants', []],
      ['北岗', 'name', '北岗'],
    ])
    expect(lostOf([home, member, post], 'somebody else')).toEqual([])
    expect(new Set(found.map(({ key }) => key)).size).toBe(3)
  })

  it('stand under To do in words, not as they are stored', async () => {
    const text = (await opened(town)).page.text()
    expect(text).toContain('In “3-2-501” a later edit replaced yours')
    expect(text).toContain('样本李 13800000000')
    expect(text).toContain(dotted(['Gate guard', '样本社区']))
    expect(text).not.toMatch(/[{}[\]]|docField|0192f0c8/)
  })
})

const press = async (page: VueWrapper, words: string): Promise<void> => {
  await page
    .findAll('button')
    .find((button) => button.text() === words)
    ?.trigger('click')
  await flushPromises()
}
const noted = (id: string, about: string, fields?: string[]): Doc => ({
  ...doc('noted', { about, ...(fields ? { fields } : {}) }, '', ''),
  id,
  lost: [],
})

describe('what is noted', () => {
  const phone: InstallInfo = {
    ...{ id: 'i', member: 'm', name: '样本甲', device: 'Test phone', enrolled: at, received: 0, app: null },
    ...{ lastHeard: at, unsent: 0, status: 'renewed' },
  }
  const calls = {
    installs: () => Promise.resolve({ ok: true, value: { installs: [phone], invitations: [] } }),
  }
  const copied = '样本甲’s phone was copied'

  it('leaves the list of every coordinator: it is saved as a document of the community', async () => {
    const { page, store } = await opened(town, calls)
    expect(page.text()).toContain(copied)
    await press(page, 'Noted')
    expect(store.saved).toEqual([
      {
        kind: 'noted',
        logbook: `duty/${community}`,
        record: 'household-entry',
        body: { about: 'lost', fields: ['people'] },
      },
    ])
  })

  it('is not shown to anybody else either', async () => {
    const { page } = await opened(
      [...town, noted('i', 'clone'), noted('household-entry', 'lost', ['people'])],
      calls,
    )
    expect(page.text()).not.toContain(copied)
    expect(page.text()).not.toContain('In “3-2-501”')
    expect(page.text()).toContain('In “样本赵”')
  })

  it('adds a further field of the same edit to those that were noted before', async () => {
    const two = { ...home, lost: [...home.lost, { ...home.lost[0], field: 'plates', value: [] }] } as Doc
    const { page, store } = await opened([two, noted('household-entry', 'lost', ['people'])])
    await press(page, 'Noted')
    expect(store.saved[0]?.body).toEqual({ about: 'lost', fields: ['people', 'plates'] })
  })
})

describe('before the centre has answered', () => {
  const said = (value: unknown) => Promise.resolve({ ok: true, value })

  it('the list says that it was not read yet, not that there is nothing', async () => {
    let answer = (_value: unknown): void => undefined
    const waits = new Promise((resolve) => (answer = resolve))
    const installs = () => said({ installs: [], invitations: [] })
    const { page } = await opened([], { quarantine: () => waits, installs })
    expect(page.text()).toContain('Not read yet')
    expect(page.text()).not.toMatch(/0 things|Nothing to do/)
    answer({ ok: true, value: [] })
    await flushPromises()
    expect(page.text()).toMatch(/0 things.*Nothing to do/)
  })

  it('what the device itself knows is counted all the same', async () => {
    const { page } = await opened(town)
    expect(page.text()).toContain('2 things')
    expect((await opened([])).page.text()).not.toMatch(/0 things|Nothing to do/)
  })
})

describe('somebody asks to have an entry looked at', () => {
  const about = '0192f0c8-0000-7000-8000-0000000000ee'
  const plea = { about, code: 'not-permitted', note: 'I really was there' }
  const aside = (id: number, kind: string, entry: string, body: object): QuarantineItem => ({
    ...{ id, install: 'i', name: '样本甲', n: id, code: 'not-permitted', received: at, status: 'open' },
    line: JSON.stringify({ id: entry, kind, at, body }),
  })

  it('a plea of somebody without a role is read as one, beside the entry that it is about', async () => {
    const decided: unknown[] = []
    const items = [aside(1, 'passage', about, { home: '3-2-501' }), aside(2, 'plea', 'p', plea)]
    const { page } = await opened(town.slice(0, 1), {
      quarantine: () => Promise.resolve({ ok: true, value: items.filter(({ id }) => !decided.includes(id)) }),
      review: (id: number) => {
        decided.push(id)
        return Promise.resolve({ ok: true, value: null })
      },
    })
    expect(page.text()).toContain('样本甲 asks you to look at an entry')
    expect(page.text()).toContain('I really was there')
    expect(page.text()).toContain('They asked you to look')
    expect(page.findAll('button').filter((button) => button.text() === 'Accept')).toHaveLength(1)
    await press(page, 'Noted')
    expect(decided).toEqual([2])
    expect(page.text()).not.toContain('I really was there')
    expect(page.findAll('button').filter((button) => button.text() === 'Accept')).toHaveLength(1)
  })

  it.each([
    ['stands under To do', []],
    ['leaves it when a coordinator has noted it', [noted('f', 'plea')]],
  ])('a plea that arrived %s', async (_what, more) => {
    const fact: Fact = {
      ...{ id: 'f', kind: 'plea', v: 1, logbook: '', at, deviceAt: at, by: 'm', seq: 1, flags: [] },
      ...{ state: 'sent', mine: false, body: plea },
    }
    const { page } = await opened([...town.slice(0, 1), ...more], {}, [fact])
    expect(page.text().includes('I really was there')).toBe(more.length === 0)
  })
})

describe('what was put aside', () => {
  const line = JSON.stringify({ id: 'e', kind: 'passage', at, body: { home: '3-2-501', way: 'in' } })
  const item: QuarantineItem = {
    ...{ id: 7, install: 'i', name: '样本甲', n: 1, code: 'revoked', received: at, line, status: 'open' },
  }

  it('is accepted by one tap and leaves the list', async () => {
    const decided: unknown[] = []
    const { page } = await opened(town.slice(0, 1), {
      quarantine: () => Promise.resolve({ ok: true, value: decided.length > 0 ? [] : [item] }),
      review: (...decision: unknown[]) => {
        decided.push(decision)
        return Promise.resolve({ ok: true, value: null })
      },
    })
    expect(page.text()).toContain('From a phone that was shut out')
    await press(page, 'Accept')
    expect(decided).toEqual([[7, 'accept']])
    expect(page.text()).not.toContain('From a phone that was shut out')
  })
})
