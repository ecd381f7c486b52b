import type { App, Plugin } from 'vue'
import { createMemoryHistory, createRouter, type Router } from 'vue-router'
import type { Doc, Draft, Entry } from '../../../src/domain/entry.ts'
import type { Text, TextPlugin } from '../../../src/client/i18n/index.ts'
import { createText } from '../../../src/client/i18n/index.ts'
import {
  storeKey,
  type AttentionItem,
  type Codes,
  type Identity,
  type Observable,
  type OwnEntry,
  type Store,
} from '../../../src/client/store/index.ts'
import { callsKey, type Calls } from '../../../src/client/sync/calls.ts'
import { syncKey, type SyncControl, type SyncStatus } from '../../../src/client/sync/status.ts'

/** A value that tells its followers of each change; the first at once. */
export interface Source<T> extends Observable<T> {
  set(value: T): void
  followers(): number
}

export function source<T>(first: T): Source<T> {
  let value = first
  const heard = new Set<(value: T) => void>()
  return {
    subscribe(next) {
      heard.add(next)
      next(value)
      return { unsubscribe: () => void heard.delete(next) }
    },
    set(now) {
      value = now
      for (const next of heard) next(now)
    },
    followers: () => heard.size,
  }
}

export const community = '0192f0c8-0000-7000-8000-000000000001'
export const someone: Identity = {
  install: '0192f0c8-0000-7000-8000-00000000000a',
  member: '0192f0c8-0000-7000-8000-00000000000b',
  community,
  name: '样本甲',
  grants: [{ role: 'guard', place: community }],
  logbooks: [],
  enrolledAt: Date.UTC(2026, 10, 20),
}

export const calm: SyncStatus = {
  known: true,
  state: 'sent',
  logged: 0,
  received: 0,
  waiting: 0,
  others: 0,
  attention: 0,
  lastContactAt: null,
  persisted: true,
  firstSyncDone: true,
  estimate: null,
  clockOffMs: 0,
  problem: null,
}

/** A device without a key that knows nobody's. */
export const noCodes: Codes = {
  ownKey: () => Promise.resolve(null),
  rotating: () => Promise.resolve(null),
  checkRotating: () => Promise.resolve({ is: 'wrong' }),
  checkCard: () => Promise.resolve({ is: 'wrong' }),
  holds: () => Promise.resolve(true),
}

export interface FakeStore extends Store {
  saved: Draft[]
  settled: number[]
  who: Source<Identity | null>
  items: Source<AttentionItem[]>
  own: OwnEntry[]
}

export function fakeStore(
  options: { identity?: Identity | null; own?: OwnEntry[]; failSave?: Error } = {},
): FakeStore {
  const who = source<Identity | null>(options.identity === undefined ? someone : options.identity)
  const items = source<AttentionItem[]>([])
  const prefs = new Map<string, unknown>()
  const own = options.own ?? []
  const saved: Draft[] = []
  const settled: number[] = []
  return {
    saved,
    settled,
    who,
    items,
    own,
    save(drafts) {
      if (options.failSave) return Promise.reject(options.failSave)
      saved.push(...drafts)
      return Promise.resolve<Entry[]>([])
    },
    followFacts: () => () => undefined,
    followAhead: () => () => undefined,
    kept: () => Promise.resolve(null),
    keep: () => Promise.resolve(),
    watchDocs: () => source<Doc<never>[]>([]),
    doc: () => Promise.resolve(undefined),
    docs: () => Promise.resolve([]),
    mine: (limit, before = Infinity) => Promise.resolve(own.filter(({ n }) => n < before).slice(0, limit)),
    attention: () => items,
    settleAttention(n) {
      settled.push(n)
      return Promise.resolve()
    },
    identity: () => who,
    codes: noCodes,
    pref: <T>(key: string) => Promise.resolve(prefs.get(key) as T | undefined),
    setPref(key, value) {
      prefs.set(key, value)
      return Promise.resolve()
    },
    watchPref: <T>(key: string) => source(prefs.get(key) as T | undefined),
  }
}

export interface FakeSync extends SyncControl {
  status: Source<SyncStatus>
  tries: number
  dismissed: number
}

export function fakeSync(status: Partial<SyncStatus> = {}): FakeSync {
  return {
    tries: 0,
    dismissed: 0,
    status: source({ ...calm, ...status }),
    tryNow() {
      this.tries++
    },
    dismiss() {
      this.dismissed++
      return Promise.resolve()
    },
  }
}

const offline = () => Promise.resolve({ ok: false, problem: 'offline' } as const)

export const fakeCalls = (some: Partial<Calls> = {}): Calls => ({
  preview: offline,
  enrol: offline,
  invite: offline,
  installs: offline,
  status: offline,
  bulkReads: offline,
  revoke: offline,
  withdraw: offline,
  quarantine: offline,
  review: offline,
  cards: offline,
  exportGate: offline,
  exportDuty: offline,
  leave: () => Promise.resolve('told'),
  relay: () => Promise.reject(new Error('no relay here')),
  guards: () => Promise.reject(new Error('no guards here')),
  ...some,
})

export interface Surrounding {
  plugins: Plugin[]
  text: Text
  router: Router
}

/** Everything a screen injects, as plugins for `mount`. Words in English, times in Shanghai. */
export async function around(
  parts: { store?: Store; sync?: SyncControl; calls?: Calls } = {},
): Promise<Surrounding> {
  const text: TextPlugin = await createText('en')
  text.zone.value = 'Asia/Shanghai'
  const router = createRouter({
    history: createMemoryHistory(),
    routes: [{ path: '/:all(.*)*', component: { template: '<i />' } }],
  })
  const provide = (app: App): void => {
    app.provide(storeKey, parts.store ?? fakeStore())
    app.provide(syncKey, parts.sync ?? fakeSync())
    app.provide(callsKey, parts.calls ?? fakeCalls())
  }
  return { plugins: [text, router, { install: provide }], text, router }
}
