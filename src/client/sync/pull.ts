import type { LogbookId } from '../../domain/ids.ts'
import { paths } from '../../protocol/api.ts'
import { readPull, type PullAnswer } from '../../protocol/pull.ts'
import { toText } from '../platform/encoding.ts'
import { getMeta } from '../store/database.ts'
import type { Pulled } from '../store/pulled.ts'
import type { CursorRow } from '../store/rows.ts'
import { turnEpoch } from '../store/turns.ts'
import type { Ask, Trouble } from './ask.ts'
import type { SyncDeps } from './deps.ts'

/**
 * Rows asked for at a time: as many as make a transaction worth it, and few enough that neither this phone nor the
 * centre holds much at once.
 */
const rowsAtOnce = 2000

/** Who asks, and what it is seen as. */
type Asked = Pick<Pulled, 'logbook' | 'install' | 'seenAs'>

type Page = { ok: true; answer: PullAnswer } | Trouble

const isEmpty = ({ factLines, docLines }: PullAnswer): boolean => factLines.length + docLines.length === 0

export interface Pull {
  /** Pulls one logbook to its end, from where its cursor stands. `known`: that cursor, if it has just been read. */
  logbook(logbook: LogbookId, signal: AbortSignal, known?: CursorRow): Promise<{ ok: true } | Trouble>
  /** Stores an answer that came by itself, to the cursor that it was asked for with. */
  take(cursor: CursorRow, answer: PullAnswer): Promise<void>
}

/** The next page is fetched while one is stored. */
export function createPull(deps: SyncDeps, ask: Ask): Pull {
  const { db, channel, keeper } = deps.open

  async function fetchPage(logbook: LogbookId, after: string | null, signal: AbortSignal): Promise<Page> {
    const query = new URLSearchParams({ logbook, limit: String(rowsAtOnce), ...(after ? { after } : {}) })
    const asked = await ask({ path: `${paths.pull}?${query}`, signed: true, signal })
    if (!asked.ok) return asked
    const answer = readPull(toText(asked.reply.bytes))
    return answer?.head.logbook === logbook ? { ok: true, answer } : { ok: false, problem: 'not-gatepost' }
  }

  /** `known`: the epoch when it was asked. */
  async function isOtherEpoch({ head }: PullAnswer, known: string | undefined): Promise<boolean> {
    if (known === undefined || known === head.epoch) return false
    await turnEpoch(db, head.epoch)
    channel.tell({ topic: 'sent' })
    channel.tell({ topic: 'identity' })
    return true
  }

  async function store(asked: Asked, after: string | null, answer: PullAnswer) {
    const stored = await deps.storePulled(db, { ...asked, after, answer, arrivedAt: keeper.corrected() })
    if (stored) channel.tell({ topic: 'pulled', logbook: asked.logbook })
    return stored
  }

  function askerOf(logbook: LogbookId): Asked {
    const who = deps.open.identity.get()
    const held = who?.logbooks.find(({ id }) => id === logbook)
    return { logbook, install: who?.install ?? '', seenAs: held?.seenAs }
  }

  const pullLogbook: Pull['logbook'] = async (logbook, signal, known) => {
    const asked = askerOf(logbook)
    const cursor = known ?? (await db.cursors.get(logbook))
    let after = cursor?.next ?? null
    let coming = fetchPage(logbook, after, signal)
    // Read while the answer is on its way. Where the epoch turns meanwhile, the cursor is gone and nothing is stored.
    const epoch = getMeta(db, 'centre').then((centre) => centre?.epoch)
    epoch.catch(() => undefined)
    for (;;) {
      const page = await coming
      if (!page.ok && page.problem === 'cursor-stale' && after !== null) {
        // [PL5]: the logbook starts afresh.
        await db.cursors.delete(logbook)
        after = null
        coming = fetchPage(logbook, after, signal)
        continue
      }
      if (!page.ok) return page
      const { answer } = page
      // What was asked before the epoch turned is asked again: cursors of the old one say nothing.
      if (await isOtherEpoch(answer, await epoch)) return pullLogbook(logbook, signal)
      const { more, next } = answer.head
      // Nothing came since it was last pulled to its end: then there is nothing to write either.
      if (!more && cursor?.complete && next === after && isEmpty(answer)) return { ok: true }
      if (more) coming = fetchPage(logbook, next, signal)
      if (!(await store(asked, after, answer)) || !more) return { ok: true }
      after = next
    }
  }

  return {
    logbook: pullLogbook,
    async take({ logbook, epoch, next }, answer) {
      // Of another epoch the scope itself tells.
      if (answer.head.epoch === epoch) await store(askerOf(logbook), next, answer)
    },
  }
}
