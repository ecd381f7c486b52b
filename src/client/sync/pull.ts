import type { LogbookId } from '../../domain/ids.ts'
import { paths } from '../../protocol/api.ts'
import { readPull, type PullAnswer } from '../../protocol/pull.ts'
import { comesFirst } from '../platform/breath.ts'
import { toText } from '../platform/encoding.ts'
import { mostHandedOn } from '../store/arrived.ts'
import { getMeta } from '../store/database.ts'
import type { OpenStore } from '../store/open.ts'
import type { Pulled } from '../store/pulled.ts'
import { isLive } from '../store/pulledLive.ts'
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

/** Where a pull goes on. */
type After = Pick<CursorRow, 'next' | 'seq'>

type Page = { ok: true; answer: PullAnswer } | Trouble

const isEmpty = ({ factLines, docLines }: PullAnswer): boolean => factLines.length + docLines.length === 0

export interface Pull {
  /** Pulls one logbook to its end, from where its cursor stands. `known`: that cursor, if it has just been read. */
  logbook(logbook: LogbookId, signal: AbortSignal, known?: CursorRow): Promise<{ ok: true } | Trouble>
  /** Stores an answer that came by itself. */
  take(brought: Brought & { after: CursorRow }): Promise<void>
}

export interface Brought {
  /** Who asked for it, when it was asked for. */
  asked: Asked
  /** Null from the beginning. */
  after: After | null
  answer: PullAnswer
}

export function askerOf({ identity }: OpenStore, logbook: LogbookId): Asked {
  const who = identity.get()
  const held = who?.logbooks.find(({ id }) => id === logbook)
  return { logbook, install: who?.install ?? '', seenAs: held?.seenAs }
}

/** Is the phone still theirs who asked, and sees as it did then? The database is asked as well, by its cursor, before anything is stored. */
function isTheirs(open: OpenStore, { logbook, install, seenAs }: Asked): boolean {
  const now = askerOf(open, logbook)
  return now.install === install && now.seenAs === seenAs
}

/** The centre let another role look than the phone knows of: what may be stored is settled by the scope ([SC5]). */
const isSeenOtherwise = ({ asked, answer: { head } }: Brought): boolean =>
  head.seenAs !== undefined && asked.seenAs !== undefined && head.seenAs !== asked.seenAs

/** Stores a page and tells of it. The few rows of a live pull are handed to whoever has read as far. */
async function store(deps: SyncDeps, { asked, after, answer }: Brought): Promise<boolean> {
  const { platform, open } = deps
  const { epoch, seq } = answer.head
  const { logbook } = asked
  const pulled = { ...asked, after: after?.next ?? null, answer, arrivedAt: open.keeper.corrected() }
  const handOn = (): void => {
    if (after && answer.factLines.length <= mostHandedOn)
      open.arrived.tell({ logbook, epoch, after: after.seq, seq, factLines: answer.factLines })
  }
  // Painted before it is stored, where somebody looks. What can't be stored is pulled again, and taken up once.
  const live = isLive(pulled)
  if (live && isTheirs(open, asked)) {
    handOn()
    if (platform.surroundings.visible()) await comesFirst(platform.painted())
  }
  if (!(await deps.storePulled(open.db, pulled))) return false
  if (!live) handOn()
  open.channel.tell({ topic: 'pulled', logbook, through: { epoch, seq } })
  return true
}

/** The next page is fetched while one is stored. */
export function createPull(deps: SyncDeps, ask: Ask): Pull {
  const { db, channel } = deps.open

  async function fetchPage(logbook: LogbookId, after: After | null, signal: AbortSignal): Promise<Page> {
    const cursor = after?.next ? { after: after.next } : {}
    const query = new URLSearchParams({ logbook, limit: String(rowsAtOnce), ...cursor })
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

  const pullLogbook: Pull['logbook'] = async (logbook, signal, known) => {
    const asked = askerOf(deps.open, logbook)
    const cursor = known ?? (await db.cursors.get(logbook))
    let after: After | null = cursor ?? null
    const fetched = fetchPage(logbook, after, signal)
    let coming = after ? comesFirst(fetched) : fetched
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
      // It is asked for again with the scope, as after any refusal.
      if (isSeenOtherwise({ asked, after, answer })) return { ok: false, problem: 'not-permitted' }
      const { more, next, seq } = answer.head
      // Nothing came since it was last pulled to its end: then there is nothing to write either.
      if (!more && cursor?.complete && next === after?.next && isEmpty(answer)) return { ok: true }
      const reached = { next, seq }
      if (more) coming = fetchPage(logbook, reached, signal)
      if (!(await store(deps, { asked, after, answer })) || !more) return { ok: true }
      after = reached
    }
  }

  return {
    logbook: pullLogbook,
    async take(brought) {
      // Of another epoch, and of another role, the scope itself tells.
      if (isSeenOtherwise(brought)) return
      if (brought.answer.head.epoch === brought.after.epoch) await store(deps, brought)
    },
  }
}
