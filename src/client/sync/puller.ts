import type { Poke } from '../../protocol/api.ts'
import type { Ask, Trouble } from './ask.ts'
import type { SyncDeps } from './deps.ts'
import { createPull } from './pull.ts'
import { refreshScope, type Heads } from './scope.ts'
import type { CursorRow } from '../store/rows.ts'

export interface Puller {
  /** Asks for the scope where that is due, then pulls what is behind. `asked`: false where there was nothing to ask. */
  run(signal: AbortSignal): Promise<{ ok: true; asked: boolean } | Trouble>
  /** The scope is to be asked for with the next run. */
  scopeDue(): void
  poke(poke: Poke): void
}

/** A logbook to pull, with its cursor where that was just read. */
interface Asked {
  logbook: string
  cursor?: CursorRow
}

/** So many logbooks are pulled at a time. */
const lanes = 4

/** Pulls each, a few at a time. One logbook that fails does not keep the others from coming; gives the failures. */
async function inLanes<T>(
  logbooks: readonly T[],
  pull: (logbook: T) => Promise<{ ok: true } | Trouble>,
): Promise<Trouble[]> {
  const waiting = [...logbooks]
  const troubles: Trouble[] = []
  const lane = async () => {
    for (let logbook = waiting.shift(); logbook !== undefined; logbook = waiting.shift()) {
      const pulled = await pull(logbook)
      if (!pulled.ok) troubles.push(pulled)
    }
  }
  await Promise.all(Array.from({ length: lanes }, lane))
  return troubles
}

const raise = (heads: Heads, logbook: string, seq: number): void => {
  heads.set(logbook, Math.max(seq, heads.get(logbook) ?? 0))
}

/** Logbooks that were pulled to their end once. */
const readReached = async ({ open }: SyncDeps): Promise<CursorRow[]> =>
  (await open.db.cursors.toArray()).filter(({ complete }) => complete)

export function createPuller(deps: SyncDeps, ask: Ask): Puller {
  const pullLogbook = createPull(deps, ask)
  let heads: Heads = new Map()
  // What was poked while the scope was on its way is newer than what that says.
  let poked: Heads = new Map()
  let due = true
  // No scope has come since the app was opened, or since contact was lost.
  let fresh = true

  async function behind(): Promise<string[]> {
    const have = new Map((await readReached(deps)).map(({ logbook, seq }) => [logbook, seq]))
    return [...heads].filter(([id, head]) => (have.get(id) ?? -1) < head).map(([id]) => id)
  }

  async function refresh(signal: AbortSignal) {
    due = false
    poked = new Map()
    const scope = await refreshScope(deps, ask, signal)
    if (scope.ok) {
      heads = scope.heads
      for (const [logbook, seq] of poked) raise(heads, logbook, seq)
    } else due = true
    fresh = !scope.ok
    return scope
  }

  async function pullAll(logbooks: readonly Asked[], signal: AbortSignal): Promise<Trouble | null> {
    const troubles = await inLanes(logbooks, ({ logbook, cursor }) => pullLogbook(logbook, signal, cursor))
    if (troubles.some(({ problem }) => problem === 'not-permitted')) due = true
    return troubles.at(-1) ?? null
  }

  /**
   * An app that was just opened, or has a network again, asks for what it had before ahead of the scope, not after it,
   * and for the busiest logbook first. What becomes of that does not matter: the scope says what is behind then.
   */
  async function ahead(signal: AbortSignal): Promise<{ done: Promise<unknown> } | null> {
    const reached = fresh ? await readReached(deps).catch(() => []) : []
    if (reached.length === 0 || !deps.platform.surroundings.online()) return null
    const asked = reached.sort((a, b) => b.seq - a.seq).map((cursor) => ({ logbook: cursor.logbook, cursor }))
    return { done: pullAll(asked, signal).catch(() => undefined) }
  }

  return {
    async run(signal) {
      const asking = due
      const early = asking ? await ahead(signal) : null
      const scope = asking ? await refresh(signal) : { ok: true as const }
      await early?.done
      if (!scope.ok) return scope
      const logbooks = (await behind()).map((logbook) => ({ logbook }))
      const trouble = await pullAll(logbooks, signal)
      return trouble ?? { ok: true, asked: asking || logbooks.length > 0 }
    },
    scopeDue: () => {
      due = true
    },
    poke({ logbook, seq }) {
      if (typeof logbook !== 'string' || typeof seq !== 'number') {
        due = true
        return
      }
      raise(poked, logbook, seq)
      raise(heads, logbook, seq)
    },
  }
}
