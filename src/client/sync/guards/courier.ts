import { getMeta, putMeta, type GatepostDb } from '../../store/database.ts'
import type { GuardRow, GuardsDb } from '../../store/guards/registry.ts'
import { dropParcels, emptyShut, leftBehind, parcelsBack } from '../../store/guards/left.ts'
import type { Ask, Trouble } from '../ask.ts'
import type { SyncDeps } from '../deps.ts'
import { deliver } from '../relay/deliver.ts'
import { takeReceipt } from '../relay/origin.ts'
import { alone } from './alone.ts'
import { registryOf } from './index.ts'
import { withDatabase } from './shut.ts'

type Outcome = { ok: true } | Trouble

/** It is tried again later. */
const unopened: { waiting: number; outcome: Outcome } = {
  waiting: 0,
  outcome: { ok: false, problem: 'busy' },
}

/** Who is back at the gate learns what went to the centre meanwhile; the rest goes as usual from now on. */
async function takeBack(deps: SyncDeps): Promise<void> {
  const { db } = deps.open
  const parcels = await parcelsBack(db)
  for (const { id, reply } of parcels) if (reply !== undefined) await takeReceipt(deps, reply, id)
  if (parcels.length > 0)
    await dropParcels(
      db,
      parcels.map(({ id }) => id),
    )
}

/** Nothing of theirs is left to be sent, and somebody has enrolled anew: the vault that nobody opens goes. */
async function dropLeaving(db: GatepostDb, registry: GuardsDb): Promise<void> {
  if (!(await registry.guards.get(db.name))?.leaving || !(await emptyShut(db))) return
  await db.delete()
  await registry.guards.delete(db.name)
}

/** Brings what one guard has left. Gives the entries that still wait, and the trouble. */
const bringOf = (
  deps: SyncDeps,
  registry: GuardsDb,
  row: GuardRow,
  work: (db: GatepostDb) => Promise<Outcome>,
): Promise<{ waiting: number; outcome: Outcome }> =>
  withDatabase(deps, row.db, async (db) => {
    const outcome = await work(db)
    const { waiting } = await leftBehind(db)
    // Not while its guard is about to open it after all.
    if (row.leaving) await alone(deps, () => dropLeaving(db, registry))
    return { waiting, outcome }
  })

/** Brings what the others have left to the centre. One whose database does not open holds up nobody else's. */
async function bring(
  deps: SyncDeps,
  registry: GuardsDb,
  ask: Ask,
  signal: AbortSignal,
): Promise<{ waiting: number; outcome: Outcome }> {
  const { keeper, channel, db: own } = deps.open
  let [waiting, outcome]: [number, Outcome] = [0, { ok: true }]
  const others = (await registry.guards.toArray()).filter(({ db }) => db !== own.name)
  for (const row of others) {
    const work = (db: GatepostDb) => deliver({ open: { db, keeper, channel } }, ask, signal)
    const brought = await bringOf(deps, registry, row, work).catch(() => unopened)
    if (outcome.ok) outcome = brought.outcome
    waiting += brought.waiting
  }
  return { waiting, outcome }
}

/**
 * What the guards who are not at the gate have left goes to the centre, as sealed parcels of this very phone ([RL2],
 * [RL5]): whoever is at the gate, or nobody.
 */
export async function tendOthers(deps: SyncDeps, ask: Ask, signal: AbortSignal): Promise<Outcome> {
  const { db, channel, identity } = deps.open
  const registry = registryOf(deps.platform)
  try {
    if (identity.get()) await takeBack(deps)
    const { waiting, outcome } = await bring(deps, registry, ask, signal)
    if (((await getMeta(db, 'others'))?.waiting ?? 0) !== waiting) {
      await putMeta(db, { others: { waiting } })
      channel.tell({ topic: 'carried' })
    }
    return outcome
  } finally {
    registry.close()
  }
}
