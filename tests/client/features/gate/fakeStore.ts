import type { Doc, Draft, Entry, Fact } from '../../../../src/domain/entry.ts'
import type { KindName } from '../../../../src/domain/kinds/index.ts'
import {
  SaveFailed,
  type Identity,
  type Observable,
  type SaveProblem,
  type Store,
} from '../../../../src/client/store/index.ts'
import type { OnFacts } from '../../../../src/client/store/follow.ts'
import { noCodes } from '../../support/fakes.ts'

/** A store in memory for the gate's screens: saves are heard of at once, failures come when asked for. */
export interface FakeStore extends Store {
  saved: Entry[]
  fail: SaveProblem | null
  tell(facts: readonly Fact[]): void
}

const once = <T>(value: () => T): Observable<T> => ({
  subscribe(next) {
    next(value())
    return { unsubscribe: () => undefined }
  },
})

export interface FakeWorld {
  identity: Identity
  docs: readonly Doc[]
  facts: readonly Fact[]
  now: () => number
}

const asFact = (entry: Entry): Fact => ({
  ...entry,
  deviceAt: entry.at,
  seq: null,
  flags: [],
  state: 'saved',
  mine: true,
})

export function createFakeStore(world: FakeWorld): FakeStore {
  const listeners = new Set<OnFacts>()
  const prefs = new Map<string, unknown>()
  const prefListeners = new Map<string, Set<(value: unknown) => void>>()
  const tell = (facts: readonly Fact[]): void =>
    listeners.forEach((hear) => hear([...facts], false, () => null))
  const docsOf = <K extends KindName>(kind: K, logbook?: string) =>
    world.docs.filter((doc) => doc.kind === kind && (!logbook || doc.logbook === logbook)) as never
  const store: FakeStore = {
    saved: [],
    fail: null,
    tell,
    async save(drafts: readonly Draft[]) {
      if (store.fail) throw new SaveFailed(store.fail)
      const entries = drafts.map((draft, i): Entry => {
        const n = store.saved.length + i + 1
        const id = draft.id ?? `00000000-0000-7000-8000-${String(n).padStart(12, '0')}`
        return {
          id,
          kind: draft.kind,
          v: 1,
          logbook: draft.logbook,
          at: world.now(),
          by: world.identity.member,
          body: draft.body,
        }
      })
      store.saved.push(...entries)
      tell(entries.map(asFact))
      return entries
    },
    followFacts(_logbook, _since, onFacts) {
      listeners.add(onFacts)
      onFacts([...world.facts, ...store.saved.map(asFact)], true, () => null)
      return () => void listeners.delete(onFacts)
    },
    followAhead: () => () => undefined,
    kept: async () => null,
    keep: async () => undefined,
    watchDocs: (kind, where) => once(() => docsOf(kind, where?.logbook)),
    doc: async () => undefined,
    docs: async (kind, where) => docsOf(kind, where?.logbook),
    mine: async () => [],
    attention: () => once(() => []),
    settleAttention: async () => undefined,
    identity: () => once(() => world.identity),
    codes: noCodes,
    pref: async (key) => prefs.get(key) as never,
    async setPref(key, value) {
      prefs.set(key, value)
      prefListeners.get(key)?.forEach((hear) => hear(value))
    },
    watchPref: (key) => ({
      subscribe(next) {
        const hear = (value: unknown): void => next(value as never)
        const all = prefListeners.get(key) ?? new Set()
        prefListeners.set(key, all.add(hear))
        hear(prefs.get(key))
        return { unsubscribe: () => void all.delete(hear) }
      },
    }),
  }
  return store
}
