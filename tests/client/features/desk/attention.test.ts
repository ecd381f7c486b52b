// @vitest-environment happy-dom
import { flushPromises, mount } from '@vue/test-utils'
import { describe, expect, it } from 'vitest'
import ClonedCard from '../../../../src/client/features/desk/attention/ClonedCard.vue'
import LostCard from '../../../../src/client/features/desk/attention/LostCard.vue'
import PleaCard from '../../../../src/client/features/desk/attention/PleaCard.vue'
import AttentionPage from '../../../../src/client/features/desk/attention/AttentionPage.vue'
import { lostOf } from '../../../../src/client/features/desk/attention/lost.ts'
import type { Doc } from '../../../../src/domain/entry.ts'
import type { InstallInfo, QuarantineItem } from '../../../../src/protocol/api.ts'
import { around, community, fakeCalls, fakeStore, someone, source } from '../../support/fakes.ts'

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

/** A store that has these documents, whoever watches. */
const storeWith = (docs: readonly Doc[]) => ({
  ...fakeStore(),
  watchDocs: (kind: string) => source(docs.filter((one) => one.kind === kind) as Doc<never>[]),
})
const town = [place(community, { level: 'community', name: '样本社区' }), home, member]

async function shown(docs: readonly Doc[], calls = {}) {
  const parts = await around({ store: storeWith(docs), calls: fakeCalls(calls) })
  const page = mount(AttentionPage, { global: { plugins: parts.plugins } })
  await flushPromises()
  return page
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
    const text = (await shown(town)).text()
    expect(text).toContain('In “3-2-501” a later edit replaced yours')
    expect(text).toContain('样本李 13800000000')
    expect(text).toContain('Gate guard · 样本社区')
    expect(text).not.toMatch(/[{}[\]]|docField|0192f0c8/)
  })
})

describe('what is noted', () => {
  const phone: InstallInfo = {
    ...{ id: 'i', member: 'm', name: '样本甲', device: 'Test phone', enrolled: at, received: 0, app: null },
    ...{ lastHeard: at, unsent: 0, status: 'renewed' },
  }
  const fact = {
    ...{ id: 'f', kind: 'plea', v: 1, logbook: '', at, deviceAt: at, by: 'm', seq: 1, flags: [] },
    ...{ state: 'sent' as const, mine: false, body: {} },
  }
  const [lost] = lostOf([home], someone.member)
  it.each([
    ['a plea', PleaCard, { item: { key: 'k', fact, plea: { about: 'a', code: 'revoked' } }, by: '样本甲' }],
    ['a lost value', LostCard, { item: lost }],
    ['a copied phone', ClonedCard, { phone }],
  ])('says that it is so on this device only: %s', async (_what, card, props) => {
    const { plugins } = await around({ store: storeWith(town) })
    const text = mount(card, { global: { plugins }, props: props as never }).text()
    expect(text).toContain('on this device only')
  })
})

describe('what was put aside', () => {
  const line = JSON.stringify({ id: 'e', kind: 'passage', at, body: { home: '3-2-501', way: 'in' } })
  const item: QuarantineItem = {
    ...{ id: 7, install: 'i', name: '样本甲', n: 1, code: 'revoked', received: at, line, status: 'open' },
  }

  it('is accepted by one tap and leaves the list', async () => {
    const decided: unknown[] = []
    const page = await shown(town, {
      quarantine: () => Promise.resolve({ ok: true, value: decided.length > 0 ? [] : [item] }),
      review: (...decision: unknown[]) => {
        decided.push(decision)
        return Promise.resolve({ ok: true, value: null })
      },
    })
    expect(page.text()).toContain('From a phone that was shut out')
    await page
      .findAll('button')
      .find((button) => button.text() === 'Accept')
      ?.trigger('click')
    await flushPromises()
    expect(decided).toEqual([[7, 'accept']])
    expect(page.text()).not.toContain('From a phone that was shut out')
  })
})
