import { openStore } from '../../store/open.ts'
import { GatepostDb } from '../../store/database.ts'
import { forgetPulled } from '../../store/personal.ts'
import { freeSlot, type GuardRow, type GuardsDb } from '../../store/guards/registry.ts'
import { isGone, isShut } from '../../store/guards/left.ts'
import { shutVault } from '../../store/guards/vault.ts'
import type { CarriedRow, RelayedRow } from '../../store/rows.ts'
import { isFull } from '../../store/trouble.ts'
import type { GuardParts, SyncDeps } from '../deps.ts'
import { packAll } from '../relay/origin.ts'

/** As often as an entry may be saved while what was there before is being sealed. */
const attemptsMost = 5

const carriedOf = ({ id, text, at, entries }: RelayedRow): CarriedRow => ({
  ...{ id, text, at, entries },
  state: 'waiting',
})

/** Parcels of an attempt that came to nothing were given to nobody, and go. */
async function shutOver({ open: { db } }: SyncDeps, key: CryptoKey, parcels: RelayedRow[]): Promise<boolean> {
  let done = false
  try {
    done = await shutVault(db, key, parcels.map(carriedOf))
  } finally {
    if (!done) await db.relayed.bulkDelete(parcels.map(({ id }) => id))
  }
  return done
}

async function seal(deps: SyncDeps, key: CryptoKey): Promise<boolean> {
  for (let attempt = 0; attempt < attemptsMost; attempt++) {
    const parcels = await packAll(deps)
    if (!parcels) return false
    if (await shutOver(deps, key, parcels)) return true
  }
  return false
}

/** Where there is no room for a sealed copy, what was pulled goes without one: it comes again from the centre. */
async function sealOrForget(deps: SyncDeps, key: CryptoKey): Promise<boolean> {
  try {
    return await seal(deps, key)
  } catch (cause) {
    if (!isFull(cause)) throw cause
    await forgetPulled(deps.open.db, 'all')
    return seal(deps, key)
  }
}

/** Locks a guard's data. False where it stays as it is. */
export async function shutGuard(deps: SyncDeps, registry: GuardsDb): Promise<boolean> {
  const { db, channel, identity } = deps.open
  const row = await registry.guards.get(db.name)
  const kept = await registry.keys.get(db.name)
  if (!kept) {
    // Who has no PIN yet keeps nothing that was pulled.
    if (row && !row.pin) await forgetPulled(db, 'all')
    return false
  }
  const done = (await isShut(db)) || (await sealOrForget(deps, kept.key).catch(() => false))
  if (!done) return false
  await registry.keys.delete(db.name)
  deps.platform.mirror.write('')
  identity.set(null)
  channel.tell({ topic: 'identity' })
  return true
}

/** A guard's database, for a while. */
export async function withDatabase<T>(
  { platform }: Pick<SyncDeps, 'platform'>,
  name: string,
  work: (db: GatepostDb) => PromiseLike<T>,
): Promise<T> {
  const { indexedDB, IDBKeyRange } = platform
  const db = new GatepostDb({ name, indexedDB, IDBKeyRange })
  try {
    await db.ready()
    return await work(db)
  } finally {
    db.close()
  }
}

/**
 * Locks every guard whose data stands open but this one: it is one at most, and more only after a failure. `isBusy`:
 * these stay as they are.
 */
export async function shutAllBut(
  deps: SyncDeps,
  { platformOf }: GuardParts,
  registry: GuardsDb,
  wanted: string,
  isBusy: (db: string) => Promise<boolean> = async () => false,
): Promise<void> {
  for (const { db } of await registry.guards.toArray()) {
    if (db === wanted || (await isBusy(db))) continue
    if (db === deps.open.db.name) await shutGuard(deps, registry)
    else if (await registry.keys.get(db)) {
      const platform = platformOf(db)
      const open = await openStore(platform, db)
      await shutGuard({ ...deps, platform, open }, registry).finally(() => open.close())
    }
  }
}

/** A database for nobody: the first whose name nobody has, and in which nobody's data is, whatever the list says. */
export async function slotBeside(
  deps: Pick<SyncDeps, 'platform'>,
  rows: readonly GuardRow[],
): Promise<string> {
  const taken = rows.map(({ db }) => db)
  for (;;) {
    const slot = freeSlot(taken)
    // One that does not open says so on the screen.
    if (await withDatabase(deps, slot, isGone).catch(() => true)) return slot
    taken.push(slot)
  }
}
