import type { InstallId, LogbookId } from '../../domain/ids.ts'
import type { View } from '../../domain/kind.ts'
import { kindOf } from '../../domain/kinds/index.ts'
import type { Grant } from '../../domain/members.ts'
import { readable, seenAs } from '../../domain/permissions.ts'
import { readCursor, writeCursor } from '../../protocol/cursor.ts'
import { factLine, writePull, pullMaxRows, type PullHead } from '../../protocol/pull.ts'
import { protocolVersion } from '../../protocol/version.ts'
import { done, refused, type Outcome } from './outcome.ts'
import type { LogbookRow } from '../storage/rows.ts'
import type { DocPart, FactPart, LogReads, RowsQuery } from '../storage/storage.ts'
import { readMask } from './masking.ts'

export interface PullRequest {
  logbook: LogbookId
  /** The cursor of the last answer; absent: from the beginning ([PL4]). */
  after: string | undefined
  limit: number | undefined
  /** Own facts too ([PL7]). */
  all: boolean
}

/** Whose pull it is. */
export interface Puller {
  install: InstallId
  grants: readonly Grant[]
}

const dayMs = 86_400_000
const natureOf = (nature: 'fact' | 'document', views: ReadonlyMap<string, View>): string[] =>
  [...views.keys()].filter((kind) => kindOf(kind)?.nature === nature)

/**
 * What came to a logbook after a cursor, as the text of [PL1]. Nothing is locked: whatever changes while this reads
 * has a higher order number than the head read first, and comes with the next pull ([PL2]).
 */
export async function pull(
  reads: LogReads,
  epoch: string,
  puller: Puller,
  request: PullRequest,
  now: number,
): Promise<Outcome<string>> {
  const row = await reads.logbook(request.logbook)
  const views = readable(request.logbook, { grants: puller.grants, path: row?.path ?? [] })
  if (!row || views.size === 0) return refused('not-permitted')
  const from = startOf(row, epoch, request.after)
  if (!from.ok) return from
  const limit = Math.min(request.limit ?? pullMaxRows, pullMaxRows)
  const rows = await readRows(reads, row, puller, views, { ...request, limit, after: from.value }, now)
  const by = seenAs({ grants: puller.grants, path: row.path })
  return done(answer(row, { epoch, seenAs: by, time: now }, views, cut(rows, row.head, limit)))
}

/** Rows in an answer: all of its lines but its head and its end. */
export const rowsIn = (text: string): number => (text.match(/\n/g)?.length ?? 1) - 1

/** Order number to go on from; null = a first pull ([PL5]). */
function startOf(row: LogbookRow, epoch: string, after: string | undefined): Outcome<number | null> {
  if (after === undefined) return done(null)
  const cursor = readCursor(after)
  if (!cursor) return refused('cursor-unreadable')
  const ours = cursor.epoch === epoch && cursor.logbook === row.id && cursor.seq <= row.head
  return ours ? done(cursor.seq) : refused('cursor-stale')
}

interface Rows {
  facts: FactPart[]
  docs: DocPart[]
  /** Order number up to which all of them are here; null: there are no more, or enough. */
  full: number | null
}

interface Range {
  after: number | null
  limit: number
  all: boolean
}

/** Rows read at a time. Each may have as much as a page. */
const readAtOnce = 200
/** An answer holds so much of rows and not a whole one more: a logbook is written by many, and read into memory. */
export const pullMostBytes = 8 * 1024 * 1024

async function readRows(
  reads: LogReads,
  { id: logbook, head: upTo }: LogbookRow,
  { install }: Puller,
  views: ReadonlyMap<string, View>,
  { after, limit, all }: Range,
  now: number,
): Promise<Rows> {
  const [facts, documents] = [natureOf('fact', views), natureOf('document', views)]
  const windows = after === null ? firstWindows(facts, now) : null
  const start = windows ? await reads.seqSince(logbook, Math.min(now, ...Object.values(windows))) : null
  const asked = {
    ...{ logbook, upTo, kinds: facts },
    ...(all ? {} : { without: { install, unless: facts.filter(isOrdered) } }),
    ...(windows ? { receivedFrom: windows } : {}),
  }
  const readFacts = (part: Part): Promise<FactPart[]> => reads.facts({ ...asked, ...part })
  const readDocs = (part: Part): Promise<DocPart[]> =>
    reads.docs({ logbook, upTo, kinds: documents, ...part })
  const said = await inParts(
    facts,
    start === null ? (after ?? 0) : start - 1,
    limit + 1,
    readFacts,
    sizeOfFact,
  )
  const kept = await inParts(documents, after ?? 0, limit + 1, readDocs, sizeOfDoc)
  const ends = [said.full, kept.full].filter((end) => end !== null)
  return { facts: said.rows, docs: kept.rows, full: ends.length > 0 ? Math.min(...ends) : null }
}

type Part = Pick<RowsQuery, 'after' | 'limit'>

const sizeOfFact = ({ line }: FactPart): number => line.length
const sizeOfDoc = ({ body, masked, lost }: DocPart): number =>
  body.length + (masked?.length ?? 0) + (lost?.length ?? 0)

/** Reads on until there are so many rows, no more, or as much of them as an answer holds. */
async function inParts<R extends { seq: number }>(
  kinds: readonly string[],
  after: number,
  limit: number,
  read: (part: Part) => Promise<R[]>,
  sizeOf: (row: R) => number,
): Promise<{ rows: R[]; full: number | null }> {
  const rows: R[] = []
  let size = 0
  for (let from = after, more = kinds.length > 0; more;) {
    const wanted = Math.min(readAtOnce, limit - rows.length)
    const some = await read({ after: from, limit: wanted })
    for (const row of some) {
      rows.push(row)
      size += sizeOf(row)
      if (size >= pullMostBytes) return { rows, full: row.seq }
    }
    from = some.at(-1)?.seq ?? from
    more = some.length === wanted && rows.length < limit
  }
  return { rows, full: null }
}

/** Its author learns its order number by pulling it ([PL7]). */
const isOrdered = (kind: string): boolean => kindOf(kind)?.ordered === true

/** Where a first pull begins for each kind of fact: what a phone would keep anyway. Times of arrival, ms. */
const firstWindows = (kinds: readonly string[], now: number): Record<string, number> =>
  Object.fromEntries(kinds.map((kind) => [kind, now - (kindOf(kind)?.keptDays.phone ?? 0) * dayMs]))

interface Cut extends Pick<Rows, 'facts' | 'docs'> {
  bound: number
  more: boolean
}

/** Both sorts end at one order number, so that the cursor passes nothing by. */
function cut({ facts, docs, full }: Rows, head: number, limit: number): Cut {
  const order = [...facts, ...docs].map((row) => row.seq).sort((a, b) => a - b)
  const enough = order.length > limit ? (order[limit - 1] ?? head) : head
  const bound = Math.min(enough, full ?? head)
  const more = bound < head
  const within = (row: { seq: number }): boolean => row.seq <= bound
  return more
    ? { facts: facts.filter(within), docs: docs.filter(within), bound, more }
    : { facts, docs, bound, more }
}

function answer(
  row: LogbookRow,
  { epoch, ...said }: Pick<PullHead, 'epoch' | 'seenAs' | 'time'>,
  views: ReadonlyMap<string, View>,
  { facts, docs, bound, more }: Cut,
): string {
  const head: PullHead = {
    v: protocolVersion,
    epoch,
    logbook: row.id,
    next: writeCursor({ epoch, logbook: row.id, seq: bound }),
    seq: bound,
    more,
    ...said,
    facts: facts.length,
    docs: docs.length,
    ...span(facts),
  }
  const lines: string[] = []
  for (const fact of facts) lines.push(factText(fact, views.get(fact.kind)))
  for (const doc of docs) lines.push(docText(doc, views.get(doc.kind)))
  return writePull(head, lines)
}

function span(facts: readonly FactPart[]): { firstAt?: number; lastAt?: number } {
  let [firstAt, lastAt] = [Infinity, -Infinity]
  for (const { at } of facts) {
    if (at < firstAt) firstAt = at
    if (at > lastAt) lastAt = at
  }
  return facts.length > 0 ? { firstAt, lastAt } : {}
}

const factText = ({ seq, at, flags, line, mask }: FactPart, view: View | undefined): string =>
  factLine(seq, at, flags, view === 'full' || mask === null ? line : readMask(line, mask))

/** Values that lost are shown only where everything is: they were never masked. */
function docText({ seq, at, kind, id, body, masked, lost }: DocPart, view: View | undefined): string {
  const full = view === 'full'
  const names = `"kind":${JSON.stringify(kind)},"id":${JSON.stringify(id)}`
  const tail = full && lost !== null ? `,"lost":${lost}` : ''
  return `{"s":${seq},"t":${at},${names},"doc":${full ? body : (masked ?? body)}${tail}}`
}
