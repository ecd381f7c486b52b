import { liveQuery } from 'dexie'
import { isLeaseOver } from '../../domain/rules/lease.ts'
import { tabChannel, type Channel } from '../platform/channel.ts'
import { createClockKeeper, type ClockKeeper, type Offset } from '../platform/offset.ts'
import type { Platform } from '../platform/platform.ts'
import { createValue, type Value } from '../platform/value.ts'
import { laterCodes } from './laterCodes.ts'
import { followAhead } from './ahead.ts'
import type { Arrived } from './arrived.ts'
import { plain } from './compose.ts'
import { DatabaseNewer, GatepostDb, getMetas, putMeta } from './database.ts'
import { findDocs, oneDoc } from './docs.ts'
import { followFacts } from './follow.ts'
import { readAttention, readMine, settleAttention } from './mine.ts'
import { readNote, type Note } from './notes.ts'
import { endLease } from './personal.ts'
import type { OwnRow } from './rows.ts'
import { save } from './save.ts'
import { withReopen } from './trouble.ts'
import { SaveFailed, type Identity, type Store } from './types.ts'

export type StoreProblem = 'database-newer' | 'storage-unavailable'

/** The store with what sync needs of it. Features see only `store`. */
export interface OpenStore {
  store: Store
  db: GatepostDb
  channel: Channel<Note>
  arrived: Channel<Arrived>
  keeper: ClockKeeper
  identity: Value<Identity | null>
  /** Why nothing can be stored; null while all is well. */
  problem: Value<StoreProblem | null>
  close(): void
}

/** `locked`: what was there is sealed, and its guard may come back. */
type OnSignedOut = (locked: boolean) => void

type Parts = Omit<OpenStore, 'store' | 'close'> & { platform: Platform; onSignedOut: OnSignedOut }

/** Takes up what was learned since, and once what can't be: it is from before the clock was set back. */
async function learn(db: GatepostDb, keeper: ClockKeeper, clock: Offset): Promise<void> {
  const known = keeper.offset()
  if (known && (clock.learnedAt <= known.learnedAt || clock.learnedAt > keeper.now())) return
  keeper.set(clock)
  const held = keeper.offset()
  // So that the next start goes on from here.
  if (held && held.offMs !== clock.offMs) await putMeta(db, { clock: held }).then(undefined, () => undefined)
}

/**
 * Identity and clock as this tab holds them, read again when another tab tells of a change. Gives the last contact
 * along with them.
 */
async function load({ db, identity, keeper, onSignedOut }: Parts) {
  const metas = await withReopen(db, () => getMetas(db, 'identity', 'clock', 'contact'))
  const { identity: who, clock, contact } = metas
  const isOut = !who && identity.get() !== null
  if (JSON.stringify(who ?? null) !== JSON.stringify(identity.get())) identity.set(who ?? null)
  if (clock) await learn(db, keeper, clock)
  if (isOut) onSignedOut((await db.vault.count()) > 0)
  return contact
}

function makeStore(parts: Parts): Store {
  const { db, channel, arrived, keeper, identity, platform, problem } = parts
  const saved = tabChannel<readonly OwnRow[]>()
  const sources = { db, channel, saved, arrived, now: keeper.corrected }
  const read = <T>(work: () => PromiseLike<T>): Promise<T> => withReopen(db, work)
  const prefOf = async <T>(key: string) => (await db.prefs.get(key))?.value as T | undefined
  return {
    async save(drafts) {
      // Who this phone is could not even be read.
      if (problem.get()) throw new SaveFailed('unavailable')
      const { entries, rows } = await save(db, { ids: platform.ids, keeper }, identity.get(), drafts).catch(
        (cause: unknown) => {
          // Signed out in another tab, or emptied by the browser, unheard: what is shown here is nobody's.
          if (identity.get() && cause instanceof SaveFailed && cause.code === 'not-enrolled')
            channel.tell({ topic: 'identity' })
          throw cause
        },
      )
      // Whoever saved is answered first, on the screen; then all others hear of it.
      void platform.painted().then(() => {
        saved.tell(rows)
        channel.tell({ topic: 'own', n: rows.at(-1)?.n ?? 0 })
      })
      return entries
    },
    followFacts: (logbook, since, onFacts, breathe = platform.breathe) =>
      followFacts({ ...sources, breathe }, logbook, since, onFacts),
    followAhead: (logbook, known, on) => followAhead(arrived, logbook, known, on),
    kept: (logbook) => read(async () => (await import('./kept.ts')).readKept(db, logbook)),
    keep: (logbook, reached, what) =>
      read(async () =>
        (await import('./kept.ts')).writeKept(db, { logbook, reached, at: keeper.corrected(), what }),
      ),
    watchDocs: (kind, where) => liveQuery(() => findDocs(db, kind, where)),
    doc: (kind, id) => read(() => oneDoc(db, kind, id)),
    docs: (kind, where) => read(() => findDocs(db, kind, where)),
    mine: (limit, before) => read(() => readMine(db, keeper.corrected(), limit, before)),
    attention: () => liveQuery(() => readAttention(db)),
    async settleAttention(n) {
      await read(() => settleAttention(db, n))
      channel.tell({ topic: 'sent' })
    },
    identity: () => identity,
    codes: laterCodes(db, identity.get),
    pref: (key) => read(() => prefOf(key)),
    setPref: (key, value) => read(async () => void (await db.prefs.put({ key, value: plain(value) }))),
    watchPref: (key) => liveQuery(() => prefOf(key)),
  }
}

/** So long another tab may take to make way for a new version of the database, ms. */
const blockedMs = 5_000

/**
 * Opens the phone's database. Never rejects: where it can't be opened, `problem` says why, saves fail with a code,
 * and the app can still say so on a screen. `onSignedOut`: another tab signed this phone out, or locked its guard, and
 * what is on this tab's screen, and in its memory, is nobody's any more.
 */
export async function openStore(
  platform: Platform,
  name: string,
  onSignedOut: OnSignedOut = () => undefined,
): Promise<OpenStore> {
  const problem = createValue<StoreProblem | null>(null)
  const { indexedDB, IDBKeyRange } = platform
  const onOutdated = () => problem.set('database-newer')
  const db = new GatepostDb({ name, indexedDB, IDBKeyRange, onOutdated })
  const channel = platform.channel(name, readNote)
  const arrived = tabChannel<Arrived>()
  const keeper = createClockKeeper(platform.clock)
  const identity = createValue<Identity | null>(null)
  const parts: Parts = { platform, db, channel, arrived, keeper, identity, problem, onSignedOut }
  const reload = () =>
    load(parts).then(
      (contact) => {
        // Another tab may have upgraded it while this one was reading.
        problem.set(db.outdated ? 'database-newer' : null)
        return contact
      },
      (cause: unknown) =>
        problem.set(cause instanceof DatabaseNewer ? 'database-newer' : 'storage-unavailable'),
    )
  channel.listen(({ topic }) => {
    if (topic === 'identity' || topic === 'clock') void reload()
  })
  const unlisten = platform.surroundings.listen((happening) => {
    if (happening === 'hidden') keeper.slept()
    if (happening === 'visible' && problem.get()) void reload()
  })
  // A frozen tab holds the database of an older version: said on a screen, where there would be none, until it is gone.
  const held = new Promise<undefined>((done) => {
    const say = () => {
      if (!db.isOpen()) problem.set('storage-unavailable')
      done(undefined)
    }
    db.on('blocked', () => void platform.timers.after(blockedMs, say))
  })
  const opened = reload().then(async (contact) => {
    // Before any screen can read it.
    if (contact && isLeaseOver({ now: keeper.now(), contactAt: contact.at, loggedAt: null }))
      await endLease(db, keeper.now()).catch(() => undefined)
  })
  await Promise.race([opened, held])
  const close = () => {
    unlisten()
    channel.close()
    db.close()
  }
  return { ...parts, store: makeStore(parts), close }
}
