import type { Poke } from '../../protocol/api.ts'
import type { PullAnswer } from '../../protocol/pull.ts'
import type { Ask, Trouble } from './ask.ts'
import type { SyncDeps } from './deps.ts'
import { askerOf, createPull, type Pull } from './pull.ts'
import { isRefusal, refreshScope, type Heads } from './scope.ts'
import type { CursorRow } from '../store/rows.ts'

export interface Puller {
  /** Asks for the scope where that is due, then pulls what is behind. `asked`: false where there was nothing to ask. */
  run(signal: AbortSignal): Promise<{ ok: true; asked: boolean } | Trouble>
  /** The scope is to be asked for with the next run. */
  scopeDue(): void
  poke(poke: Poke): void
}

/** A logbook to pull, with its cursor where that was read. */
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

/** Where the logbooks stand that were pulled to their end once, the busiest first. */
const readReached = async ({ open }: SyncDeps): Promise<CursorRow[]> =>
  (await open.db.cursors.toArray()).filter(({ complete }) => complete).sort((a, b) => b.seq - a.seq)

/** What is asked along with the scope, and takes up what comes of it as who asked: small news ([SC4]). */
async function alongWithScope(deps: SyncDeps, pull: Pull) {
  const reached = (await readReached(deps).catch(() => [])).map((after) => ({
    after,
    asked: askerOf(deps.open, after.logbook),
  }))
  const takeNews = async (news: PullAnswer[]) => {
    for (const answer of news) {
      const from = reached.find(({ after }) => after.logbook === answer.head.logbook)
      // What could not be stored is pulled, and what keeps it from being stored is told then.
      if (from) await pull.take({ ...from, answer }).catch(() => undefined)
    }
  }
  return { cursors: reached.map(({ after }) => after.next), takeNews }
}

export function createPuller(deps: SyncDeps, ask: Ask): Puller {
  const pull = createPull(deps, ask)
  let heads: Heads = new Map()
  // What was poked while the scope was on its way is newer than what that says.
  let poked: Heads = new Map()
  let due = true

  async function behind(): Promise<Asked[]> {
    const have = new Map((await readReached(deps)).map((cursor) => [cursor.logbook, cursor]))
    return [...heads].flatMap(([logbook, head]) => {
      const cursor = have.get(logbook)
      return (cursor?.seq ?? -1) < head ? { logbook, ...(cursor ? { cursor } : {}) } : []
    })
  }

  /** Small news comes with the scope ([SC4]), for a phone that was closed by one question instead of many. */
  async function refresh(signal: AbortSignal) {
    due = false
    poked = new Map()
    const { cursors, takeNews } = await alongWithScope(deps, pull)
    const scope = await refreshScope(deps, ask, { cursors, takeNews, signal })
    if (scope.ok) {
      heads = scope.heads
      for (const [logbook, seq] of poked) raise(heads, logbook, seq)
    } else due = true
    return scope
  }

  /** The scope could not be taken in: it is asked for again. */
  function later(cause: unknown): never {
    due = true
    throw cause
  }

  async function pullAll(logbooks: readonly Asked[], signal: AbortSignal): Promise<Trouble | null> {
    const troubles = await inLanes(logbooks, ({ logbook, cursor }) => pull.logbook(logbook, signal, cursor))
    if (troubles.some((trouble) => trouble.problem === 'not-permitted' || isRefusal(trouble))) due = true
    return troubles.at(-1) ?? null
  }

  return {
    async run(signal) {
      const asking = due
      const scope = asking ? await refresh(signal).catch(later) : { ok: true as const }
      if (!scope.ok) return scope
      const logbooks = await behind()
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
