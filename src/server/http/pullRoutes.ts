import type { FastifyInstance } from 'fastify'
import * as v from 'valibot'
import { parseLogbookId } from '../../domain/logbooks.ts'
import { paths } from '../../protocol/api.ts'
import { readCursor } from '../../protocol/cursor.ts'
import { parseJson } from '../../protocol/page.ts'
import { PullHead } from '../../protocol/pull.ts'
import { noteBulkRead } from '../auth/bulkReads.ts'
import type { Caller } from '../auth/caller.ts'
import { queryOf } from './body.ts'
import { endpoints, valueOf } from './endpoint.ts'
import { rowsIn } from '../sync/pull.ts'
import { PullQuery, ScopeQuery } from './queries.ts'
import type { Services } from './services.ts'
import { answered } from './shedding.ts'

/** Lists of people; what passes a gate is read all day long. */
const namesPeople = (logbook: string): boolean =>
  ['people', 'homes', 'care'].includes(parseLogbookId(logbook)?.purpose ?? '')

const headOf = (text: string): PullHead | null => {
  const head = v.safeParse(PullHead, parseJson(text.slice(0, text.indexOf('\n'))))
  return head.success ? head.output : null
}

/** So many changes at once are what a day brings. */
const rowsOfADay = 100

/**
 * Is it more than what came since a phone last asked? A cursor can be made by hand, and a list be read in small bites:
 * then each bite but the last leaves more behind, which what a phone that is up to date asks for never does.
 */
const isMuch = (text: string): boolean => headOf(text)?.more !== false || rowsIn(text) > rowsOfADay

/** The logbooks that a question asks for from their first row, by a cursor made by hand or of a list that was empty. */
const fromTheFirst = (cursors: readonly string[]): ReadonlySet<string> =>
  new Set(cursors.map(readCursor).flatMap((cursor) => (cursor?.seq === 0 ? [cursor.logbook] : [])))

/** Puts on record what is read in bulk of lists of people; what can't be is not answered. */
async function onRecord(
  { storage, now }: Services,
  caller: Caller,
  text: string,
  isFirst: (logbook: string) => boolean,
) {
  const logbook = headOf(text)?.logbook ?? ''
  const first = isFirst(logbook)
  if (!namesPeople(logbook) || !(first || isMuch(text))) return
  await noteBulkRead(storage, caller, first ? 'first-pull' : 'long-pull', logbook, rowsIn(text), now())
}

export function pullRoutes(app: FastifyInstance, services: Services): void {
  const { sync, now } = services
  const route = endpoints(app, services)
  route('GET', paths.pull, async (caller, request, reply) => {
    const { logbook, after, limit, all } = queryOf(PullQuery, request)
    const asked = { logbook, after, limit, all: all === '1' }
    const text = await answered(request, async () => valueOf(await sync.pull(caller, asked, now())))
    const start = fromTheFirst(after === undefined ? [] : [after])
    await onRecord(
      services,
      caller,
      text,
      (book) => after === undefined || (rowsIn(text) > 0 && start.has(book)),
    )
    return reply.type('text/plain; charset=utf-8').send(text)
  })
  route('GET', paths.scope, async (caller, request, reply) => {
    const { after } = queryOf(ScopeQuery, request)
    if (after.length === 0) return sync.scope(caller, now())
    // With news it may be as large as a pull.
    const text = await answered(request, async () => {
      const scope = await sync.scope(caller, now(), after)
      const start = fromTheFirst(after)
      for (const one of scope.news ?? [])
        await onRecord(services, caller, one, (book) => rowsIn(one) > 0 && start.has(book))
      return JSON.stringify(scope)
    })
    return reply.type('application/json; charset=utf-8').send(text)
  })
}
