import { maskName } from '../../../domain/masks.ts'
import { noTries } from '../../../domain/rules/guards/pin.ts'
import { isHeld } from '../../platform/heldLock.ts'
import type { Platform } from '../../platform/platform.ts'
import { chance, pinRounds, vaultKey } from '../../platform/vaultCrypto.ts'
import { getMeta } from '../../store/database.ts'
import { arrived, GuardsDb, type GuardRow } from '../../store/guards/registry.ts'
import { isShut } from '../../store/guards/left.ts'
import { openVault } from '../../store/guards/vault.ts'
import type { GuardParts, SyncDeps } from '../deps.ts'
import { syncLock } from '../leader.ts'
import { alone } from './alone.ts'
import { dropStrayKeys, readGuards, tidyGuards } from './list.ts'
import { changeLock, lockBehind, tryPin } from './pin.ts'
import { shutAllBut, shutGuard, slotBeside, withDatabase } from './shut.ts'
import type { Guards, GuardsState, Opened, PinSet, Proved } from './types.ts'
import { passWait } from './wait.ts'

interface Parts extends GuardParts {
  deps: SyncDeps
  registry: GuardsDb
}

export const registryOf = ({ indexedDB, IDBKeyRange }: Platform): GuardsDb =>
  new GuardsDb({ indexedDB, IDBKeyRange })

const orElse = <T>(work: Promise<T>, other: T): Promise<T> => work.catch(() => other)

/** Who has enrolled on a shared phone, before there is a PIN. */
const newcomer = (deps: SyncDeps): GuardRow | null => {
  const who = deps.open.identity.get()
  if (!who) return null
  return {
    db: deps.open.db.name,
    member: who.member,
    name: maskName(who.name),
    tries: noTries,
    at: deps.open.keeper.now(),
  }
}

/** Who has enrolled on a shared phone stands in the list from then on, and can be locked out of sight, PIN or not. */
async function register({ deps, registry, seat }: Parts): Promise<void> {
  const who = newcomer(deps)
  if (!who || !seat.shared()) return
  await registry.transaction('rw', registry.guards, async () => {
    if (!(await registry.guards.get(who.db))) await registry.guards.put(who)
  })
}

/** The same person, enrolled before with a PIN that was forgotten: that one goes when everything of it was sent. */
async function supersede(registry: GuardsDb, { db, member }: GuardRow): Promise<void> {
  const before = await registry.guards.filter((row) => row.member === member && row.db !== db).toArray()
  for (const row of before) await registry.guards.update(row.db, { leaving: true })
}

async function setPin({ deps, registry, seat, rounds = pinRounds }: Parts, pin: string): Promise<PinSet> {
  const row = newcomer(deps)
  // Where the word that the phone is shared was lost after the first PIN, whoever is at the gate chooses anew.
  if (!row || (seat.shared() && (await registry.guards.get(row.db))?.pin)) return 'failed'
  if (!(await getMeta(deps.open.db, 'centre'))?.sealKey) return 'no-contact'
  const raw = chance(32)
  const kept = await lockBehind(registry, row.db, raw, pin, rounds)
  // The key first: with a PIN and without it nothing could be locked.
  await registry.keys.put({ id: row.db, key: await vaultKey(raw) })
  await registry.guards.put({ ...row, pin: kept })
  await supersede(registry, row)
  seat.take(row.db)
  seat.pinned = true
  return 'set'
}

/** The guard has shown who they are: whoever was here is locked, and this one opened. */
async function enter(parts: Parts, row: GuardRow, key: CryptoKey | null): Promise<Opened> {
  const { deps, registry, seat } = parts
  const { db } = row
  await register(parts)
  await shutAllBut(deps, parts, registry, db)
  if (key) {
    await registry.keys.put({ id: db, key })
    const open = await withDatabase(
      deps,
      db,
      async (other) => !(await isShut(other)) || openVault(other, key),
    ).catch(() => false)
    if (!open) {
      // What stays shut has no key beside it.
      await dropStrayKeys(deps, registry, [row])
      return { is: 'failed' }
    }
  }
  await arrived(registry, db, deps.open.keeper.now())
  seat.take(db)
  seat.reload()
  return { is: 'open' }
}

async function open(parts: Parts, db: string, pin: string): Promise<Opened> {
  const { registry } = parts
  const row = await registry.guards.get(db)
  if (!row) return { is: 'failed' }
  if (!row.pin) return enter(parts, row, null)
  const tried = await tryPin(registry, row, pin)
  return tried.is === 'right' ? enter(parts, row, await vaultKey(tried.raw)) : tried
}

/** Whoever is at the gate shows again who they are, and may then choose another PIN. */
async function prove({ deps, registry, rounds = pinRounds }: Parts, pin: string): Promise<Proved> {
  const row = deps.open.identity.get() && (await registry.guards.get(deps.open.db.name))
  if (!row?.pin) return { is: 'failed' }
  const tried = await tryPin(registry, row, pin)
  if (tried.is !== 'right') return tried
  await arrived(registry, row.db, row.at)
  const choose = (next: string) => changeLock(registry, row, tried.raw, next, rounds)
  return { is: 'right', choose: (next) => orElse(choose(next), 'failed') }
}

/** Nobody is at the gate now: the app goes on in a database that nobody has. */
async function leaveSeat({ deps, registry, seat }: Parts): Promise<void> {
  seat.take(await slotBeside(deps, await registry.guards.toArray()))
  seat.reload()
}

async function lock(parts: Parts): Promise<boolean> {
  await register(parts)
  const done = await shutGuard(parts.deps, parts.registry)
  // What another tab has just opened stays open.
  if (parts.seat.moved()) parts.seat.follow()
  else await leaveSeat(parts)
  return done
}

async function begin(parts: Parts): Promise<boolean> {
  const { deps, registry, seat } = parts
  const { db } = deps.open
  // Changed while this tab waited for that.
  if (seat.moved()) {
    seat.follow()
    return false
  }
  const rows = await tidyGuards(deps, registry)
  await dropStrayKeys(deps, registry, rows)
  const me = rows.find((row) => row.db === db.name)
  const who = newcomer(deps)
  // The word of who is at the gate was lost, or the phone died while it was changed.
  const isLost = who ? false : (!seat.shared() && rows.length > 0) || me !== undefined
  const isBack = !who || seat.resumed || (await isHeld(syncLock(db.name)))
  if (isLost || (seat.shared() && me?.pin && !isBack)) {
    await lock(parts)
    return false
  }
  // It died between opening one and saying so: nobody is at the gate, and somebody's data stands open.
  if (!who && !seat.moved())
    await shutAllBut(deps, parts, registry, db.name, (name) => isHeld(syncLock(name)))
  await register(parts)
  seat.pinned = !seat.shared() || me?.pin !== undefined
  return true
}

/** It could not be found out whether somebody may go on here: on a shared phone nobody does without a PIN. */
function stayOut({ deps, seat }: Parts): true {
  if (seat.shared()) {
    seat.pinned = false
    deps.open.identity.set(null)
  }
  return true
}

async function state(parts: Parts): Promise<GuardsState> {
  const { deps, registry, seat } = parts
  await register(parts)
  const guards = await readGuards(deps, registry)
  // The word that the phone is shared was lost.
  if (!seat.shared() && guards.length > 0) seat.take(deps.open.db.name)
  return { shared: seat.shared(), guards }
}

/** See Guards. Loaded where a phone is shared, or about to be. */
export function createGuards(deps: SyncDeps): Guards {
  if (!deps.guards) throw new Error('this phone is one guard’s')
  const parts: Parts = { ...deps.guards, deps, registry: registryOf(deps.platform) }
  const { registry, seat } = parts
  return {
    state: () => orElse(state(parts), { shared: seat.shared(), guards: [] }),
    setPin: (pin) => orElse(setPin(parts, pin), 'failed'),
    open: (db, pin) =>
      orElse<Opened>(
        alone(deps, () => open(parts, db, pin)),
        { is: 'failed' },
      ),
    prove: (pin) => orElse<Proved>(prove(parts, pin), { is: 'failed' }),
    wait: (db, tell) => passWait(deps, registry, db, tell),
    lock: () =>
      orElse(
        alone(deps, () => lock(parts)),
        false,
      ),
    begin: () =>
      alone<boolean>(
        deps,
        () => begin(parts),
        async () => stayOut(parts),
      ).catch(() => stayOut(parts)),
  }
}
