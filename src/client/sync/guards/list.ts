import type { GatepostDb } from '../../store/database.ts'
import { getMeta } from '../../store/database.ts'
import type { GuardRow, GuardsDb } from '../../store/guards/registry.ts'
import { isShut } from '../../store/guards/vault.ts'
import type { SyncDeps } from '../deps.ts'
import { withDatabase } from './shut.ts'
import type { GuardInfo } from './types.ts'

/** What of a guard who is not at the gate is still on its way. */
export interface Left {
  /** Entries. */
  waiting: number
  /** Parcels that the centre could not take: only the guard's own PIN helps. */
  refused: number
}

export async function readLeft(db: GatepostDb): Promise<Left> {
  const own = (await db.carried.toArray()).filter(({ entries }) => entries !== undefined)
  const waiting = own.filter(({ state }) => state === 'waiting')
  return {
    waiting: waiting.reduce((sum, { entries = 0 }) => sum + entries, 0),
    refused: own.filter(({ state }) => state === 'refused').length,
  }
}

/** Has this guard signed out, or was the database taken away by the browser? */
const isGone = async (db: GatepostDb): Promise<boolean> =>
  !(await isShut(db)) && !(await getMeta(db, 'identity')) && (await readLeft(db)).waiting === 0

/** Guards who are still here. Who has signed out leaves the list. */
export async function tidyGuards(deps: SyncDeps, registry: GuardsDb): Promise<GuardRow[]> {
  const kept: GuardRow[] = []
  for (const row of await registry.guards.toArray()) {
    const gone = await withDatabase(deps, row.db, isGone)
    if (!gone) kept.push(row)
    else {
      await registry.guards.delete(row.db)
      await registry.keys.delete(row.db)
    }
  }
  return kept
}

/** The phone died while a guard was about to be opened, or locked: the key goes, and the PIN gives it again. */
export async function dropStrayKeys(
  deps: SyncDeps,
  registry: GuardsDb,
  rows: readonly GuardRow[],
): Promise<void> {
  for (const { db } of rows) if (await withDatabase(deps, db, isShut)) await registry.keys.delete(db)
}

export async function readGuards(deps: SyncDeps, registry: GuardsDb): Promise<GuardInfo[]> {
  const rows = await tidyGuards(deps, registry)
  const here = deps.open.identity.get() ? deps.open.db.name : null
  const shown = await Promise.all(
    rows.map(async ({ db, name, pin, tries, at, leaving }) => {
      const { waiting, refused } = await withDatabase(deps, db, readLeft)
      const info = {
        db,
        name,
        here: db === here,
        pinned: pin !== undefined,
        waiting,
        at,
        waitMs: tries.waitMs,
      }
      return { info, isShown: !leaving || waiting + refused > 0 }
    }),
  )
  return shown
    .filter(({ isShown }) => isShown)
    .map(({ info }) => info)
    .sort((a, b) => b.at - a.at)
}
