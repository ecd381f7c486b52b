import type { GuardRow, GuardsDb } from '../../store/guards/registry.ts'
import { isGone, isShut, leftBehind, type Left } from '../../store/guards/left.ts'
import type { SyncDeps } from '../deps.ts'
import { withDatabase } from './shut.ts'
import type { GuardInfo } from './types.ts'

/** Guards who are still here. Who has signed out leaves the list; whose database does not open now, does not. */
export async function tidyGuards(deps: SyncDeps, registry: GuardsDb): Promise<GuardRow[]> {
  const kept: GuardRow[] = []
  for (const row of await registry.guards.toArray()) {
    const gone = await withDatabase(deps, row.db, isGone).catch(() => false)
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
  for (const { db } of rows)
    if (await withDatabase(deps, db, isShut).catch(() => false)) await registry.keys.delete(db)
}

/** Of a guard whose database does not open now. */
const unknown: Left = { waiting: 0, refused: 0 }

export async function readGuards(deps: SyncDeps, registry: GuardsDb): Promise<GuardInfo[]> {
  const rows = await tidyGuards(deps, registry)
  const here = deps.open.identity.get() ? deps.open.db.name : null
  const shown = await Promise.all(
    rows.map(async ({ db, name, pin, tries, at, leaving }) => {
      const { waiting, refused } = await withDatabase(deps, db, leftBehind).catch(() => unknown)
      // The key is there for as long as the data stands open.
      const unsealed = db !== here && (await registry.keys.get(db)) !== undefined
      const info = {
        db,
        name,
        here: db === here,
        pinned: pin !== undefined,
        waiting,
        unsealed,
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
