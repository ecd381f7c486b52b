import { getMeta, putMeta, type GatepostDb } from '../../store/database.ts'
import type { GuardRow, GuardsDb } from '../../store/guards/registry.ts'
import { isShut } from '../../store/guards/vault.ts'
import type { Ask, Trouble } from '../ask.ts'
import type { SyncDeps } from '../deps.ts'
import { deliver } from '../relay/deliver.ts'
import { takeReceipt } from '../relay/origin.ts'
import { registryOf } from './index.ts'
import { readLeft } from './list.ts'
import { withDatabase } from './shut.ts'

type Outcome = { ok: true } | Trouble

/** Who is back at the gate learns what went to the centre meanwhile; the rest goes as usual from now on. */
async function takeBack(deps: SyncDeps): Promise<void> {
  const { db } = deps.open
  for (const { id, reply } of await db.carried.filter(({ entries }) => entries !== undefined).toArray()) {
    if (reply !== undefined) await takeReceipt(deps, reply, id)
    await db.carried.delete(id)
  }
}

/** Nothing of theirs is left to be sent, and somebody has enrolled anew: the vault that nobody opens goes. */
async function dropLeaving(db: GatepostDb, row: GuardRow, registry: GuardsDb): Promise<void> {
  const { waiting, refused } = await readLeft(db)
  if (!row.leaving || waiting + refused > 0 || !(await isShut(db))) return
  await db.delete()
  await registry.guards.delete(row.db)
}

/** Brings what the others have left to the centre. Gives the entries that still wait, and the first trouble. */
async function bring(
  deps: SyncDeps,
  registry: GuardsDb,
  ask: Ask,
  signal: AbortSignal,
): Promise<{ waiting: number; outcome: Outcome }> {
  let [waiting, outcome]: [number, Outcome] = [0, { ok: true }]
  const others = (await registry.guards.toArray()).filter(({ db }) => db !== deps.open.db.name)
  for (const row of others)
    await withDatabase(deps, row.db, async (db) => {
      const { keeper, channel } = deps.open
      const delivered = await deliver({ open: { db, keeper, channel } }, ask, signal)
      if (outcome.ok) outcome = delivered
      waiting += (await readLeft(db)).waiting
      await dropLeaving(db, row, registry)
    })
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
