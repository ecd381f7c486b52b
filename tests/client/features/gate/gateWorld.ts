import { mount } from '@vue/test-utils'
import { createMemoryHistory, createRouter, RouterView } from 'vue-router'
import { defineComponent, h } from 'vue'
import { createText } from '../../../../src/client/i18n/index.ts'
import { createGateBook, type GateBook } from '../../../../src/client/features/gate/book/gateBook.ts'
import { routes } from '../../../../src/client/features/gate/routes.ts'
import { storeKey } from '../../../../src/client/store/index.ts'
import { syncKey, type SyncControl, type SyncStatus } from '../../../../src/client/sync/status.ts'
import type { Doc, Fact } from '../../../../src/domain/entry.ts'
import type { GateRules } from '../../../../src/domain/kinds/post.ts'
import { createFakeStore, type FakeStore } from './fakeStore.ts'

const uuid = (n: number): string => `01940000-0000-7000-8000-${String(n).padStart(12, '0')}`
export const community = uuid(1)
export const member = uuid(2)
export const compound = uuid(3)
export const eastGate = uuid(4)
export const westGate = uuid(5)
export const household = uuid(6)
export const noon = Date.UTC(2026, 10, 22, 4)

const doc = (kind: string, id: string, logbook: string, body: Record<string, unknown>): Doc => ({
  kind,
  id,
  logbook,
  seq: 1,
  at: 0,
  removed: false,
  state: 'sent',
  lost: [],
  body,
})

const docs = (rules: GateRules): Doc[] => [
  doc('place', community, `duty/${community}`, {
    level: 'community',
    name: '样本社区',
    zone: 'Asia/Shanghai',
  }),
  doc('place', compound, `duty/${community}`, { level: 'compound', name: '样本小区', parent: community }),
  doc('post', eastGate, `duty/${community}`, { type: 'gate', name: '东门', place: compound, gate: rules }),
  doc('post', westGate, `duty/${community}`, { type: 'gate', name: '西门', place: compound, gate: rules }),
  doc('household', household, `homes/${compound}`, {
    home: '3-2-501',
    people: [{ name: '张*' }, { name: '李*' }, { name: '张*' }],
    plates: ['甘FD21073'],
  }),
  doc('household', uuid(7), `homes/${compound}`, { home: '3-2-502', people: [] }),
]

const status: SyncStatus = {
  state: 'waiting',
  known: true,
  logged: 1,
  received: 0,
  waiting: 4,
  others: 0,
  attention: 0,
  lastContactAt: null,
  persisted: true,
  firstSyncDone: true,
  estimate: null,
  clockOffMs: 0,
  problem: null,
}

const sync: SyncControl = {
  status: {
    subscribe(next) {
      next(status)
      return { unsubscribe: () => undefined }
    },
  },
  tryNow: () => undefined,
  dismiss: async () => undefined,
}

export function makeStore(rules: GateRules, facts: readonly Fact[] = []): FakeStore {
  return createFakeStore({
    identity: {
      install: member,
      member,
      community,
      name: '王样本',
      grants: [{ role: 'guard', place: community }],
      logbooks: [
        { id: `gate/${compound}`, purpose: 'gate', place: compound },
        { id: `homes/${compound}`, purpose: 'homes', place: compound },
      ],
      enrolledAt: 0,
    },
    docs: docs(rules),
    facts,
    now: () => noon,
  })
}

/** Runs `use` as a component's setup beside a gate's book, at the east gate. */
export async function atGate<T>(rules: GateRules, use: (book: GateBook) => T, facts: readonly Fact[] = []) {
  const store = makeStore(rules, facts)
  await store.setPref('gate.post', { post: eastGate })
  const text = await createText('zh-Hans')
  let made: { book: GateBook; value: T } | undefined
  const Host = defineComponent({
    setup() {
      const book = createGateBook(store, sync, { now: () => noon, mono: () => 0 })
      made = { book, value: use(book) }
      return () => h('div')
    },
  })
  const wrapper = mount(Host, { global: { plugins: [text] } })
  if (!made) throw new Error('the host did not set up')
  return { ...made, store, wrapper }
}

/** The gate's screens, mounted at a path. */
export async function openGate(
  rules: GateRules,
  path = '/gate',
  facts: readonly Fact[] = [],
  chosen = true,
  prepare: (store: FakeStore) => void = () => undefined,
) {
  const store = makeStore(rules, facts)
  prepare(store)
  if (chosen) await store.setPref('gate.post', { post: eastGate })
  const router = createRouter({ history: createMemoryHistory(), routes })
  await router.push(path)
  const text = await createText('zh-Hans')
  const wrapper = mount(RouterView, {
    attachTo: document.body,
    global: { plugins: [text, router], provide: { [storeKey]: store, [syncKey]: sync } },
  })
  await router.isReady()
  return { wrapper, store, router }
}
