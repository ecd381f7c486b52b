import type { Poke } from '../../protocol/api.ts'
import type { Ask, Trouble } from './ask.ts'
import type { SyncDeps } from './deps.ts'
import { createPull } from './pull.ts'
import { refreshScope, type Heads } from './scope.ts'

export interface Puller {
  /** Asks for the scope where that is due, then pulls what is behind. */
  run(signal: AbortSignal): Promise<{ ok: true } | Trouble>
  /** The scope is to be asked for with the next run. */
  scopeDue(): void
  poke(poke: Poke): void
}

export function createPuller(deps: SyncDeps, ask: Ask): Puller {
  const pullLogbook = createPull(deps, ask)
  let heads: Heads = new Map()
  // What was poked while the scope was on its way is newer than what that says.
  let poked: Heads = new Map()
  let due = true

  function raise(logbook: string, seq: number) {
    heads.set(logbook, Math.max(seq, heads.get(logbook) ?? 0))
  }

  async function behind(): Promise<string[]> {
    const cursors = await deps.open.db.cursors.toArray()
    const reached = new Map(
      cursors.filter(({ complete }) => complete).map(({ logbook, seq }) => [logbook, seq]),
    )
    return [...heads].filter(([id, head]) => (reached.get(id) ?? -1) < head).map(([id]) => id)
  }

  async function refresh(signal: AbortSignal) {
    due = false
    poked = new Map()
    const scope = await refreshScope(deps, ask, signal)
    if (scope.ok) {
      heads = scope.heads
      for (const [logbook, seq] of poked) raise(logbook, seq)
    } else due = true
    return scope
  }

  return {
    async run(signal) {
      const scope = due ? await refresh(signal) : { ok: true as const }
      if (!scope.ok) return scope
      let trouble: Trouble | null = null
      // One logbook that fails does not keep the others from coming.
      for (const logbook of await behind()) {
        const pulled = await pullLogbook(logbook, signal)
        if (!pulled.ok) trouble = pulled
        if (!pulled.ok && pulled.problem === 'not-permitted') due = true
      }
      return trouble ?? { ok: true }
    },
    scopeDue: () => {
      due = true
    },
    poke({ logbook, seq }) {
      if (typeof logbook !== 'string' || typeof seq !== 'number') {
        due = true
        return
      }
      poked.set(logbook, Math.max(seq, poked.get(logbook) ?? 0))
      raise(logbook, seq)
    },
  }
}
